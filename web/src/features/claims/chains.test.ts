import { describe, expect, it } from "vitest";
import type { ClaimStatement } from "../../api/types";
import { chains } from "./chains";

const said = (carrier: string, hops: [string, string][], stance = "ASSERT") =>
  ({
    carrier: { name: carrier, title: "" },
    stance,
    chain: hops.map(([name, kind]) => ({ name, kind, text: name })),
  }) as unknown as ClaimStatement;

describe("the ways from carrier to root", () => {
  it("lead from every carrier through whoever passed the words on to the first speaker", () => {
    const { nodes, edges, columns } = chains([
      said("Palm Courier", [
        ["Interfax", "agency"],
        ["a source", "anonymous"],
      ]),
      said(
        "Harbour Radio",
        [
          ["interfax", "agency"],
          ["a source", "anonymous"],
        ],
        "DENY",
      ),
    ]);
    expect(nodes.map((n) => [n.name, n.column, n.row, n.root])).toEqual([
      ["Palm Courier", 0, 0, false],
      ["Interfax", 1, 0, false],
      ["a source", 2, 0, true],
      ["Harbour Radio", 0, 1, false],
    ]);
    expect(edges.map((e) => [e.count, e.stances])).toEqual([
      [1, []],
      [2, ["ASSERT", "DENY"]],
      [1, []],
    ]);
    expect(columns).toBe(3);
  });

  it("end where a circle closes", () => {
    const { nodes, edges } = chains([
      said("A", [
        ["B", "publisher"],
        ["C", "publisher"],
        ["B", "publisher"],
      ]),
    ]);
    expect(nodes.length).toBe(3);
    expect(edges.length).toBe(2);
  });

  it("are bounded, and say how many are left out", () => {
    const many = Array.from({ length: 100 }, (_, i) => said(`Carrier ${i}`, [["root", "named"]]));
    expect(chains(many).left).toBe(40);
    expect(chains([]).rows).toBe(0);
  });
});
