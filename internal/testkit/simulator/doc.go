// Package simulator implements a CodeSign Protect server for development and tests: users, groups,
// roles and token scopes; projects with their lifecycle; flow and workflow tickets; the error
// responses of the product.
//
// All state lives in memory. Time is read through the time package only, and no
// goroutine outlives a request, so a Server also works inside a synctest bubble
// (see [Server.Transport]). It shares no type with any client, on purpose: a
// misreading of the protocol on one side must not hide on the other.
//
// Behavior that clients have to handle, and where it is set:
//
//   - answers of other shapes: [Settings], for example times without a zone or in
//     whole minutes (DetailsTimes), an empty body from Validate (UnknownIdentity), Tickets null
//     (FlowEmptyNull), a byte order mark or UTF-16 (AnswerEncoding), universals without braces
//     (DashedUniversals), status and tickets that show late (StatusLag, TicketDelay,
//     VisibilityLag, EnumerationLag);
//   - changes of projects: [ProjectModes], for example lists that a request leaves out
//     (AbsentListsCleared), Dirty (DirtyRequired), flows that hold an update or a deletion (UpdateFlow,
//     DeleteFlow), group rules (EnforceGroupRoles), writes that are carried out in part (Failures), the
//     global configuration;
//   - refused steps: RefusedSteps, by status; a project that starts as DisabledByParent refuses all;
//   - faults: [Fault], for example [Gateway502LateCommit] (502 now, committed CommitAfter later),
//     [AspNet500] and [AspNet400];
//   - a caller who does not see the submission's ticket: [Project].Approvers without that caller,
//     and a [FlowTicket] of the [World] that names the caller;
//   - names that differ by an invisible character only: two projects of the [World];
//   - changes by others: the methods of [Server] (SetProjectStatus, RenameProject, EditProject,
//     ApproveFlow, …), also between a read and a write (EditBefore). Each change of a project raises
//     the Revision that Config/IsValid answers.
//
// [Server.Remarks] says which requests carry what clients should not send, for example an
// UpdateProject with environments, without a list, or with a changed list that is not Dirty.
package simulator
