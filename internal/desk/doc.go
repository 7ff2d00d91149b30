// Package desk holds the use cases of the centre: what a person at a desk does.
// Each is one method in one file, and each goes the same way: authorise, act,
// record. Authorising is asking package policy, never deciding here; acting is
// a call of the store with a View or a Grant; recording is done by the store in
// the transaction of the act.
//
// A use case starts from a policy.View, which is sealed and names its Actor:
// Desk.Identify makes it from an account as it is at that moment. The zero View
// is nobody, and every use case refuses it. Only proving who one is (SignIn,
// RedeemInvitation) and the name on the sign-in page need none.
//
// What a person may not see is answered exactly as what does not exist.
//
// The HTTP server, the command line and whatever comes later are faces of the
// same desk. It is safe for concurrent use.
package desk
