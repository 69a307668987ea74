package client

// IsAboutObject tells the failures that say something about the one object a call was for from those that a call
// for any other object would meet as well (token, scope, network, a server that is something else).
func IsAboutObject(err error) bool {
	switch ReasonOf(err) {
	case NotFound, Forbidden, WrongType, LoadFailed, EmptyAnswer, Refused:
		return true
	default:
		return false
	}
}
