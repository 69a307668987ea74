// Package simulator imitates a CodeSign Protect server well enough to develop
// and test against: users, groups, roles and token scopes; projects with their
// lifecycle; flow and workflow tickets; the error habits of the real thing.
//
// All state lives in memory. Time is read through the time package only, and no
// goroutine outlives a request, so a Server also works inside a synctest bubble
// (see [Server.Transport]). It shares no type with any client, on purpose: a
// misreading of the protocol on one side must not hide on the other.
package simulator
