// What the API speaks of, by the names of the centre's nouns. The shapes are
// generated from docs/openapi.json into schema.d.ts ("npm run types").
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Id = string;
export type Span = [number, number];
export type Moment = Schemas["Moment"];
export type Box = Schemas["Box"];
export type Place = Schemas["Place"];
export type ReportHead = Schemas["ReportHead"];
export type ReportItem = Schemas["ReportItem"];
export type Report = Schemas["Report"];
export type Claim = Schemas["Claim"];
export type ClaimDetail = Schemas["ClaimDetail"];
export type ClaimStatement = Schemas["ClaimStatement"];
export type EntityPair = Schemas["EntityPair"];
export type FindingReason = Schemas["FindingReason"];
export type Reason = Schemas["Reason"];
export type ReportStance = Schemas["ReportStance"];
export type Root = Schemas["Root"];
export type Statement = Schemas["Statement"];
export type Translation = Schemas["Translation"];
export type Entity = Schemas["Entity"];
export type EntityHead = Schemas["EntityHead"];
export type EntityEdit = Schemas["EntityEdit"];
export type Mention = Schemas["Mention"];
export type EventMention = Schemas["EventMention"];
export type Grading = Schemas["Grading"];
export type Story = Schemas["Story"];
export type StoryEdit = Schemas["StoryEdit"];
export type ReportEcho = Schemas["ReportEcho"];
export type Count = Schemas["Count"];
export type Cluster = Schemas["Cluster"];
export type Histogram = Schemas["Histogram"];
export type Centre = Schemas["Centre"];
export type Term = Schemas["Term"];
export type Session = Schemas["Session"];
export type Source = Schemas["Source"];
export type Health = Schemas["Health"];
export type FoundSource = Schemas["FoundSource"];
export type PreviewItem = Schemas["PreviewItem"];
export type CataloguedSource = Schemas["CataloguedSource"];
export type IntakeKeys = Schemas["IntakeKeys"];
export type Event = Schemas["Event"];
export type Toll = Schemas["Toll"];
export type EventCluster = Schemas["EventCluster"];
export type Track = Schemas["Track"];
export type Enclosure = Schemas["Enclosure"];
export type ParsedMarking = Schemas["ParsedMarking"];

/** What narrows lists and counts alike. */
export interface Filter {
  q?: string;
  bbox?: string;
  from?: string;
  until?: string;
}

/** What narrows events; q stands in the title, the notes or an actor's name. */
export interface EventFilter extends Filter {
  category?: string[];
}
