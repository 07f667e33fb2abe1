/** Every kind of type there is, so that generated queries meet every way of executing. */
export const SDL = /* GraphQL */ `
  scalar Day
  scalar Loose
  scalar Mute
  enum Color {
    RED
    GREEN
    BLUE
  }
  input Range {
    from: Day! = "2026-01-31"
    to: Day
    steps: [Int!] = [1, 2]
  }
  input Filter {
    day: Day
    tags: [String!]
    range: Range
    color: Color = GREEN
    loose: Loose
    any: [Filter!]
  }
  interface Node {
    id: ID!
  }
  interface Named implements Node {
    id: ID!
    name: String
    color(shade: Int = 1): Color
  }
  type Thing implements Node & Named {
    id: ID!
    name: String
    color(shade: Int = 1): Color!
    day: Day
    must: String!
    size: Int
    ratio: Float!
    tags: [String!]!
    flags: [Boolean]
    info: String
    parent: Thing
    sure: Thing!
    things(first: Int! = 2, colors: [Color!]): [Thing!]!
    maybe: [Thing]
    nodes: [Node!]
    grid: [[Thing]!]
    any: Any
    describe(filter: Filter, id: ID): String
  }
  type Other implements Node & Named {
    id: ID!
    name: String
    color(shade: Int = 1): Color
    name2: String!
    thing: Thing!
    any: [Any!]!
    named: Named
  }
  type Plain {
    value: Int
    mine: Plain
  }
  union Any = Thing | Other | Plain
  type Row {
    called: Thing
    later: Thing
    thing: Thing
  }
  type Broken {
    first: String!
    second: String!
    text: String
    nothing: String
    returned: Thing
    refused: String
    mute: Mute
    lost: Node
    items: [Thing!]
    trap: Thing
    iterator: [Thing]
  }
  type Query {
    hello: String!
    thing(id: ID, filter: Filter): Thing
    sure: Thing!
    things(first: Int! = 2, colors: [Color!]): [Thing!]!
    maybe: [Thing]
    node: Node
    named: Named!
    any: Any
    anys: [Any]
    grid: [[Thing]!]
    plain: Plain
    describe(filter: Filter, day: Day = "2024-02-29", ids: [ID]): String!
    row: Row
    broken: Broken
    slowly: Node
  }
  type Mutation {
    bump: Int
  }
`;
