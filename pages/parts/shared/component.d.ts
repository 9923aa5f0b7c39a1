// What Streamlit hands to a component's script, and what our own get as data: checked by
// tests/layers/test_types.py, never part of a page.

interface Component<Data> {
  data: Data;
  parentElement: HTMLElement;
  setTriggerValue(name: string, value: unknown): void;
}

/** The box that finds (find.py). */
interface Hits {
  hint: string;
  label: string;
  asked: string | null;
  nothing: string;
  groups: HitGroup[];
}
interface HitGroup { title: string; more: string; entries: { key: string; label: string; note: string }[] }

interface FindBox extends HTMLElement {
  hgBox?: { tell(data: Hits, setTriggerValue: (name: string, value: unknown) => void): void; leave(): void };
}

/** A talk (slides.py): where it is, of how many, and what its buttons are called. */
interface Talk { total: number; at: number; facts: string; names: Record<string, string> }

/** The map page in its shell (view.py). */
interface MapShell { page: string; title: string; failed: string; state: Record<string, unknown> }
interface MapFrame extends HTMLIFrameElement {
  hgState: Record<string, unknown>;
  hgFailed: string;
  hgView?: string;
  hgTell(value: Record<string, unknown>): void;
  hgListener?: (event: MessageEvent) => void;
}
