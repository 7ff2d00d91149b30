// Package process turns a document into a draft of a report.
//
// A Pipeline applies its steps one after another. Steps (package
// process/<step>, listed in process/all) are pure functions of the draft and of
// read-only knowledge; they never see the store and never one another, so that
// documents can be processed in parallel and reprocessed later with newer steps.
//
// Three things can go wrong with a step, and they are kept apart:
//
//   - It returns an error: the draft records a StepFailure, the later steps run,
//     and the report is stored without what the step would have added.
//   - It panics or does not return in time: Run gives a *Crash. The document
//     has shown that it can break the program, so the caller buries it as a
//     dead letter, where a person sees it and can retry it.
//   - The caller's context ends: Run gives the context's error, and the document
//     is neither done nor to blame.
package process
