import type { ClaimStatement } from "../../api/types";

/** A box of the drawing: a carrier, somebody who passes words on, or a root. */
export interface Node {
  key: string;
  name: string;
  kind: string;
  column: number;
  row: number;
  /** Whether somebody's words begin here. */
  root: boolean;
}

export interface Edge {
  from: string;
  to: string;
  /** How many statements went this way. */
  count: number;
  /** The stances of those that end at `to`, where it is a root. */
  stances: string[];
}

export interface Chains {
  nodes: Node[];
  edges: Edge[];
  columns: number;
  rows: number;
  /** Statements that are not drawn because there are too many. */
  left: number;
}

/** More cannot be told apart on a screen. */
const drawn = 60;

const keyOf = (name: string, kind: string) => `${kind} ${name.toLocaleLowerCase()}`;

/**
 * The ways from the carriers of statements to whoever spoke first. Carriers
 * stand in the first column; everybody else as far from it as the longest way
 * there, so that every line leads onwards. Who cites in a circle is drawn where
 * the circle was entered.
 */
export function chains(statements: readonly ClaimStatement[]): Chains {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const shown = statements.slice(0, drawn);
  const at = (key: string, name: string, kind: string, column: number, root: boolean) => {
    const node = nodes.get(key) ?? { key, name, kind, column: 0, row: 0, root: false };
    node.column = Math.max(node.column, column);
    node.root ||= root;
    nodes.set(key, node);
  };
  for (const s of shown) {
    const carrier = s.carrier.name || s.carrier.title;
    let before = `carrier ${carrier}`;
    at(before, carrier, "publisher", 0, s.chain.length === 0);
    const passed = new Set([before]);
    for (const [i, hop] of s.chain.entries()) {
      const name = hop.name || hop.text;
      const key = keyOf(name, hop.kind);
      if (passed.has(key)) break;
      passed.add(key);
      const last = i === s.chain.length - 1;
      at(key, name, hop.kind, (nodes.get(before)?.column ?? 0) + 1, last);
      const id = `${before}\n${key}`;
      const edge = edges.get(id) ?? { from: before, to: key, count: 0, stances: [] };
      edge.count++;
      if (last && !edge.stances.includes(s.stance)) edge.stances.push(s.stance);
      edges.set(id, edge);
      before = key;
    }
  }
  const filled: number[] = [];
  for (const node of [...nodes.values()].sort((a, b) => a.column - b.column)) {
    node.row = filled[node.column] ?? 0;
    filled[node.column] = node.row + 1;
  }
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    columns: filled.length,
    rows: Math.max(0, ...filled.map((n) => n ?? 0)),
    left: statements.length - shown.length,
  };
}
