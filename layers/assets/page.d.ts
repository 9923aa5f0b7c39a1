// What the page's scripts hand to each other and what the app sends them, as types: checked by
// tests/layers/test_types.py, never part of the page.
import "leaflet";

declare module "leaflet" {
  // Leaflet 1.9 takes it, @types/leaflet does not know it: set the view anew, do not pan there.
  interface ZoomPanOptions { reset?: boolean }
}

declare global {
  /** Seen on the page's canvases: a place, a box (left, top, right, bottom), a line x, y, x, y, … */
  type Spot = [x: number, y: number];
  type Box = [left: number, top: number, right: number, bottom: number];
  type Line = Float64Array | number[];
  /** A line of steps in 1e-5 degree, see `hg.ring`. */
  type Steps = number[];
  type Degrees = [lat: number, lng: number];
  /** How places become pixels of the map's layers at this moment. */
  interface Lens { scale: number; x: number; y: number }
  interface SiteLens extends Lens { radius: number; room: number }
  interface World { x: number; y: number }

  // --- what the page is made with (layers/page.py) ------------------------------------------------

  type Vintage = "legacy" | "2025";
  type Theme = "light" | "dark";
  type Tones = Record<string, string>;
  type Status = [axis: string, status: string];

  interface Columns {
    id: string[];
    name: string[];
    kind: ArrayLike<number>;
    lat: (number | null)[];
    lon: (number | null)[];
    accuracy: ArrayLike<number>;
    uncertain: ArrayLike<number>;
    size: ArrayLike<number>;
    shared: ([which: number, many: number] | null)[];
    legacy: ArrayLike<number>;
    "2025": ArrayLike<number>;
  }
  interface Sign { fill: string; ink: string; mark: string; edge: string }
  interface Shade { fill: string; hatched: boolean }
  interface Painted {
    shapeOnly: Sign;
    symbols: Record<string, Record<string, Sign>>;
    entries: Record<string, Record<string, Sign>>;
    shades: Record<string, Shade>;
  }
  /** The order in which the page counts, and how what it counts is drawn in the theme of now. */
  interface Look extends Painted, Record<Theme, Painted> {
    shapes: Record<string, Spot[]>;
    marks: Record<string, Spot[][]>;
    markSize: number;
    groups: Record<string, Record<string, string[]>>;
    lowered: Record<string, number>;
    kinds: string[];
    order: Record<string, string[]>;
    units: Record<Vintage, string[]>;
  }
  interface Outline { code: string; name: string; short: string; label: Degrees; rings: Steps[] }
  interface Around {
    credit: string;
    frame: [south: number, west: number, north: number, east: number];
    sea: Steps[];
    lines: Steps[];
    neighbours: { name: string; anchors: Steps }[];
    towns: [name: string, rank: number, lat: number, lon: number][];
  }
  interface Way<L> { class: string; name: string; area: boolean; lines: L[] }
  type Words = Record<string, string>;
  type Drawing = "polygon" | "circle";
  type Named = "map" | "terms" | "isolate" | "onMap" | "spread" | "aside" | "more" | "rings" | "zoomIn" | "zoomOut" | "radius" | "noDay" | "noSites" | "clear"
    | Drawing | `${Drawing}Hint`;
  interface Texts extends Record<Named, string> {
    kinds: Words;
    statuses: Record<string, Words>;
    groups: Record<string, Words>;
    signs: Words;
    time: Words;
    around: Words;
    glossary: [term: string, meaning: string][];
  }

  // --- what it is told later (pages/parts/map/view.py) ------------------------------------------------

  /** Counts alone, see `hg.worded`. */
  interface LegendData {
    title: string;
    groups: { title: string; axis: string; rows: { key: string; count: number; drawn?: boolean }[]; empty: string }[];
    kinds: { kind: string }[];
    notes: string[];
    shades?: { title: string; rows: { shade: string; label: string; count: number }[] };
    things?: { kind: string; count: number }[];
    signs?: { entry: string; count: number }[];
  }
  interface LegendRow { key: string; axis: string; status: string; label: string; count: number }
  interface LegendPart { label: string; keys: string[]; count: number }
  interface LegendBlock { title: string; rows: LegendRow[]; parts: LegendPart[]; empty: string }
  interface WordedLegend extends LegendData {
    groups: (LegendBlock & { axis: string })[];
    kinds: { kind: string; label: string }[];
    things: { kind: string; label: string; count: number }[];
    signs: { entry: string; label: string; count: number }[];
  }
  /** What goes by the day. */
  interface Scene { day: string; vintage: Vintage; unit: string | null; legend: LegendData }
  interface Stop extends Scene { as_of: string; text: string; words?: string }
  interface TimeState { as_of: string; text: string; compare?: Stop | null; files?: [string, string] | null }
  interface Visits {
    picks: [lat: number, lon: number, number: number, round: boolean][];
    covered: string[];
    radius: number | null;
  }
  interface State extends Scene {
    axis: string;
    kinds: string[] | null;
    statuses: string[] | null;
    /** Where not all statuses can be shown, those that can. */
    every?: string[];
    /** Which question of the page's this answers. */
    turn?: number;
    banner: string;
    theme?: Theme;
    site?: string | null;
    find?: { site: string; turn: number } | null;
    pick?: { at?: Degrees | null } | null;
    /** Said of units: whether they answer at all, and what, or the file of it. */
    about?: string | Record<string, string[]> | null;
    shades?: Record<string, string> | null;
    notes?: Record<string, string> | null;
    rings?: boolean;
    draw?: boolean;
    /** Whether the reader may ask what lies near. */
    near?: boolean;
    area?: string | null;
    visits?: Visits | null;
    time?: TimeState | null;
    large?: boolean;
    /** The legend begins folded: there is little room. */
    folded?: boolean;
    [filter: string]: unknown;
  }
  /** The state as it is looked at, with the earlier day beside it. */
  interface Looked extends State { as_of?: string; text?: string; words?: string; before?: Stop | null }
  type Letters = Record<string, string>;
  /** With an earlier day beside it. */
  interface Seen extends Looked { text: string; before: Stop }
  type Tell = (message: Record<string, unknown>) => void;
  /** The axis of the slider: its days, and what stands on it. */
  interface Axis {
    first: string;
    last: string;
    stops: Stop[];
    windows: [first: string, last: string, decision: string][];
    marks: [day: string, kind: string, title: string][];
    quarters: [first: string, last: string, events: number, words: string][];
  }

  // --- what the scripts have of each other ------------------------------------------------------------

  interface Unit { code: string; short: string; at: World; lines: Line[]; extent: Box; note: string }
  interface Units {
    bounds: L.LatLngBounds;
    outline: Line[];
    boundsOf(code: string): L.LatLngBounds | undefined;
    nameOf(code: string): string;
    at(place: L.LatLng): string | null;
    point(code: string | null): void;
    shown(): { vintage: Vintage; list: Unit[] };
    show(vintage: Vintage, selected: string | null, shades: ((code: string) => string) | null | undefined,
      notes?: Record<string, string> | null): void;
  }
  interface Stamp {
    half: number;
    of(kind: number, status: Status, uncertain: number, key: number): HTMLCanvasElement;
    sprite(kind: number, status: Status, uncertain: number, key: number): Sprite;
  }
  /** A symbol as pixels: the box of those that it has, and from where to where each row has any. */
  interface Sprite { width: number; colours: Int32Array; box: number[]; from: Int32Array; to: Int32Array }
  interface Spots { x: Float64Array; y: Float64Array }
  /** By unit and colour, how many sites. */
  type Groups = Map<string, Map<string, { symbol: Sign; n: number }>>;
  /** The outline of a unit as it is drawn. */
  interface UnitLayer extends L.Polygon { unit: string; name: string }
  interface Circle { x: number; y: number; radius: number }
  interface Ring extends Circle {
    unit: string;
    parts: { symbol: Sign; n: number }[];
    n: number;
    full: number;
    home: Spot;
  }
  interface Lettering { size: number; weight: number; colour: string; spacing?: number; note?: string }
  /** Lines of text that look for a place, and how far they reach with their halo. */
  interface Label {
    kind: string;
    lines: string[];
    widths: number[];
    font: string;
    spacing: number;
    colour: string;
    note?: string;
    high: number;
    up: number;
    down: number;
    width: number;
    height: number;
    angle?: number;
    dot?: [x: number, y: number, radius: number, rank: number];
    dotBox?: Box;
  }
  interface Placed extends Label { x: number; y: number; box: Box }
  interface Drawn { _frame?: number | null; _draw(): void }
  interface Thumb extends HTMLInputElement { busy(): boolean }
  type Moved = { near?: number; steps?: number };

  /** What the page hands to the page that it is a part of, and hears from there. */
  interface Begun {
    columns: Columns;
    look: Look;
    texts: Texts;
    state: State;
    take(message: { goTo?: string, theme?: Theme, state?: Partial<State> }): void;
    describe(i: number): string[];
  }
  interface Host { days: Record<string, Promise<Letters>>; begin(map: Begun): void; hear: Tell }

  interface Hg {
    host?: Host;
    tones: Record<Theme, Tones>;
    base: Tones;
    accent: string;
    theme: Theme;
    growth: number;
    printing?: boolean;
    lettering: Record<string, [size: number, weight: number]>;
    text<T extends keyof HTMLElementTagNameMap>(tag: T, text: string, className?: string): HTMLElementTagNameMap[T];
    part(id: string): HTMLElement;
    pen(canvas: HTMLCanvasElement): CanvasRenderingContext2D;
    paint(theme: Theme): void;
    ring(steps: Steps): Degrees[];
    fill(shade: Shade): string;
    units(map: L.Map, vintages: Record<Vintage, Outline[]>): void;
    world(lat: number, lon: number): World;
    worldLine(steps: Steps): Float64Array;
    outline(rings: Line[]): Float64Array[];
    lens(map: L.Map): Lens;
    canvas(map: L.Map, name: string, level: number): HTMLCanvasElement;
    later(this: Drawn): void;
    prepared(map: L.Map, canvas: HTMLCanvasElement): [CanvasRenderingContext2D, Box];
    path(context: CanvasRenderingContext2D, lens: Lens, lines: Line[]): void;
    context(map: L.Map, around: Around, ways: Way<Steps>[]): void;
    ways: Record<string, { strokes: [colour: string, width: number, dashes?: number[]][]; from: number; ink: string }>;
    along(line: Line, wide: number): [x: number, y: number, angle: number][];
    inside(rings: Line[], x: number, y: number): boolean;
    bold(font: string): string;
    crowded(spots: Spots, near: number, share: number): boolean;
    stride(n: number): number;
    apart(circles: Circle[], share?: number, gap?: number, turns?: number): boolean;
    asides(places: Spot[], radii: number[]): Map<number, Spot>;
    ringLetters: {
      least: number;
      most: number;
      band: number;
      reach(n: number): number;
      within(n: number): number;
      fitted(ring: { n: number; radius: number }): { wide: number; size: number };
    };
    symbol(look: Painted, kind: string, status: Status): Sign;
    sized(radius: number, size: number): number;
    symbols(look: Look, radius: number): Stamp;
    sprite(canvas: HTMLCanvasElement): Sprite;
    beneath(above: number, below: number): number;
    icon(look: Look, kind: string, symbol: Sign): SVGSVGElement;
    legend(look: Look, texts: Texts, choose: (about: "statuses" | "kinds", keys: string[]) => void): {
      gathered(yes: boolean): void;
      show(legend: LegendData, chosen: Pick<State, "kinds" | "statuses">): void;
    };
    draw(map: L.Map, texts: Texts, done: (area: string | null) => void): {
      busy(): boolean;
      took(event: L.LeafletMouseEvent): boolean;
      show(offered: boolean | undefined, area: string | null | undefined): void;
    };
    visits(map: L.Map, columns: Columns, index: Map<string, number>, sites: SitesLayer): {
      show(told: Visits | null | undefined): void;
    };
    worded(look: Look, texts: Texts, legend: LegendData): WordedLegend;
    tally(look: Look, texts: Texts, legend: LegendData): HTMLUListElement;
    days(text: string): number;
    thumb(label: string, moved: (to: Moved) => void, left: () => void): Thumb;
    time(map: L.Map, look: Look, texts: Texts, days: Record<string, Promise<Letters>>,
      get: (url: string) => Promise<any>, repaint: () => void, tell: Tell): {
      took(state: State): void;
      at(state: State): Looked;
    };
    swipe(map: L.Map, columns: Columns, look: Look, sites: SitesLayer, texts: Texts): {
      show(at: Looked, letters: string | null | undefined, keeps: (layer: SitesLayer) => (i: number) => boolean): void;
      under(point: L.Point): SitesLayer;
      others(): SitesLayer[];
    };
    near(map: L.Map, listed: () => { i: number; name: string; at: Degrees }[], choose: (i: number) => void, texts: Words): {
      show(offered: boolean | undefined): boolean;
    };
    keys(map: L.Map, snapped: (at: L.Point, reach: number) => L.Point | null, drawing: () => boolean): void;
    unpacked(buffer: ArrayBuffer): Columns;
    fetched(map: L.Map, file: string, look: Look, state: State, texts: Texts): void;
    arriving(map: L.Map, files: string[], look: Look, state: State, texts: Texts): void;
    page(map: L.Map, columns: Columns, look: Look, state: State, texts: Texts): void;
  }

  // --- of the site (layers/site/assets) ---------------------------------------------------------------

  /** Legends by what colours say, unit and kind; and what is said of units. */
  interface Scenes {
    scenes: Record<string, Record<string, Record<string, LegendData>>>;
    about: Record<string, Record<string, string[]>>;
  }

  var hg: Hg;
  var hgDay: Letters;
  var hgScenes: Scenes | undefined;
  var hgRows: (part: Columns) => void;
  var hgSiteWords: Words;
  var hgIndex: (rows: [label: string, note: string, path: string, more: string][]) => void;
  interface Window { hg: Hg; hgSheet?: boolean; hgBorrowed?: boolean; hgManners?: boolean; hgPhoto?: boolean }
}

declare module "leaflet" {
  interface Map {
    hgUnits: Units;
    hgContext: Around;
    hgWays: Way<Line>[];
    hgLabels: Labels;
  }
}
