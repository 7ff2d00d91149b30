package policy

import (
	"fmt"

	"entente/internal/centre"
)

// Action is something that a person or the program does to a stored thing.
type Action string

const (
	ActionGrade         Action = "grade"          // give a grade to a version of a report
	ActionMark          Action = "mark"           // change a report's marking
	ActionImport        Action = "import"         // bring documents by hand
	ActionManageSources Action = "manage-sources" // add, change, pause a source of one's own member
	ActionManagePersons Action = "manage-persons" // invite and suspend persons of one's own member
	ActionReprocess     Action = "reprocess"      // process stored or failed documents again
	ActionConsent       Action = "consent"        // let a translation provider have texts of one's own member
	ActionTranslate     Action = "translate"      // have a version of a report translated; see MayTranslate
	ActionClaim         Action = "claim"          // correct or grade a claim
	ActionStory         Action = "story"          // merge stories, move a report from one to another
	ActionTellRoot      Action = "tell-root"      // tell the root of a statement by a token
	ActionIdentify      Action = "identify"       // say that two people or bodies are one, or are not
	ActionPipeline      Action = "pipeline"       // the program's own: intake, processing, health
)

// Object is what an action is about. Fields that do not apply stay zero.
type Object struct {
	Kind    string            // "report", "source", "person" ...
	ID      centre.ID         // zero for what does not exist yet
	Version int               // of a report
	Label   LabelID           // the label that it carries now
	Marking centre.Marking    // of that label
	Member  centre.MemberCode // who it belongs to: of a source or a person
	Target  *centre.Marking   // the new marking, for ActionMark and new sources
}

// Grant is sealed permission for one action on one object. The store checks
// again that the object still is what it was when the grant was made, and
// writes the log entry in the same transaction. The zero Grant permits nothing.
type Grant struct {
	actor  Actor
	action Action
	object Object
}

// Actor is who was permitted.
func (g Grant) Actor() Actor { return g.actor }

// Object is what the permission is about.
func (g Grant) Object() Object { return g.object }

// Permits reports whether g is permission for the action. Grants of
// ActionPipeline permit that alone.
func (g Grant) Permits(action Action) bool { return g.action != "" && g.action == action }

// Decide grants an action or refuses it with a sentence. What the actor cannot
// see is refused as not found. The rules:
//
//   - grade: every role, on every visible report, in the name of the own member;
//   - mark: an officer of the report's originator; the new marking must keep
//     the originator. (The head may not: office gives no right over another
//     member's data.)
//   - identify: every role, on what it sees; what is decided holds for all members;
//   - import, manage-sources, manage-persons: what belongs to the own member,
//     by its administrators; officers may import and manage sources too;
//   - translate: every role, every visible report; whether its text may be given
//     to the provider is decided by MayTranslate;
//   - consent: administrators, for their own member;
//   - claim: every role, on every claim of which a statement is visible, in the
//     name of the own member; what comes of it carries Target, the marking of
//     what the actor saw;
//   - story: every role, on every visible story and report; what is decided holds
//     for all members, and the record of it carries Target, the marking of what
//     the actor saw;
//   - tell-root: every role of the originator of the report, who alone knows
//     its sources;
//   - reprocess: administrators, for sources of the own member.
func Decide(a Actor, action Action, o Object) (Grant, error) {
	if !a.Active || a.Member == "" {
		return Grant{}, centre.Refuse(centre.CodeUnauthenticated, "Nobody is signed in; sign in and try again.")
	}
	if o.Label != 0 && !Visible(a, o.Marking) {
		return Grant{}, centre.NotFound(o.Kind)
	}
	ok, why := false, ""
	switch action {
	case ActionGrade:
		ok, why = o.Kind == "report" && o.Label != 0 && len(a.Roles) > 0, "only an analyst, an officer or an administrator of a member grades reports"
	case ActionMark:
		switch {
		case o.Kind != "report" || o.Label == 0 || o.Target == nil:
			why = "there is nothing to mark"
		case a.Member != o.Marking.Originator:
			why = fmt.Sprintf("only its originator %s may change the marking of a report", o.Marking.Originator)
		case !a.Has(RoleOfMarking):
			why = "only an officer of the originator may change a marking"
		case o.Target.Originator != o.Marking.Originator:
			why = "a change of marking cannot change the originator"
		case !Visible(a, *o.Target):
			why = fmt.Sprintf("%s would hide the report from yourself, and you could not take it back; somebody of your member with that clearance can mark it so", o.Target)
		default:
			ok = true
		}
	case ActionClaim:
		ok, why = o.Kind == "claim" && o.ID != 0 && o.Target != nil && len(a.Roles) > 0, "only an analyst, an officer or an administrator of a member corrects and grades claims"
		if ok && !Visible(a, *o.Target) {
			ok, why = false, "the statements of this claim have no marking in common under which your word about them could be kept"
		}
	case ActionStory:
		ok, why = o.Kind == "story" && o.ID != 0 && o.Label != 0 && o.Target != nil && len(a.Roles) > 0, "only an analyst, an officer or an administrator of a member corrects stories"
		if ok && !Visible(a, *o.Target) {
			ok, why = false, "these reports have no marking in common under which your correction could be kept"
		}
	case ActionTellRoot:
		ok, why = o.Kind == "report" && o.Label != 0 && a.Member == o.Marking.Originator && len(a.Roles) > 0, "only the originator of a report knows its sources, and tells them apart"
	case ActionImport, ActionManageSources:
		ok = o.Member == a.Member && (a.Has(centre.RoleAdministrator) || a.Has(centre.RoleOfficer))
		why = "only an officer or administrator of the member that owns it may do this"
		if ok && o.Target != nil && o.Target.Originator != a.Member {
			ok, why = false, "the marking of a source names its own member as the originator"
		}
	case ActionIdentify:
		ok, why = o.Kind == "entity" && o.ID != 0 && len(a.Roles) > 0, "only an analyst, an officer or an administrator of a member says who is who"
	case ActionTranslate:
		ok, why = o.Kind == "report" && o.Label != 0 && len(a.Roles) > 0, "only an analyst, an officer or an administrator of a member has reports translated"
	case ActionManagePersons, ActionReprocess, ActionConsent:
		ok = o.Member == a.Member && a.Has(centre.RoleAdministrator)
		why = "only an administrator of the same member may do this"
	default:
		why = "there is no such action"
	}
	if !ok {
		return Grant{}, centre.Refuse(centre.CodeDenied, "This was not done: %s.", why)
	}
	return Grant{actor: a, action: action, object: o}, nil
}

// RoleOfMarking is the role that may change the markings of its member's reports.
const RoleOfMarking = centre.RoleOfficer
