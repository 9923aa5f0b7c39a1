"""The account: who is signed in and what they may do; for an administrator also who else may."""

import pandas as pd
import streamlit as st

from geodata.core.text import _
from geodata.people.access import ROLES, names
from pages.parts.shared import access
from pages.parts.shared.words import plain
from pages.parts.steward import own_password

who = access.required(*ROLES)
st.title(_("Account"), anchor=False)
st.markdown(f"**{plain(who.name)}**  \n{plain(who.email)}")
st.markdown(_("Roles: {roles}").format(roles=names(who.roles)))
with st.container(horizontal=True):
    st.button(_("Sign out"), icon=":material/logout:", on_click=access.sign_out)
    st.button(
        _("Sign out in every browser"),
        on_click=access.sign_out,
        kwargs={"everywhere": True},
        help=_("If you forgot to on another machine."),
    )
if access.has_account():
    own_password.form()

if who.may("admin"):
    office = access.office()
    st.subheader(_("People and roles"), anchor=False)
    st.dataframe(
        pd.DataFrame(
            {
                _("E-mail"): list(office.people),
                _("Roles"): [names(roles) for roles in office.people.values()],
            }
        ),
        hide_index=True,
    )
    if office.one_person:
        st.caption(_("One person may review what they entered themselves."))
    else:
        st.caption(_("What one person enters, another one reviews."))
