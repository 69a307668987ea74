package auth

// ProblemError is a slip in the configuration that the user can mend. It never holds a secret.
type ProblemError struct {
	Attribute string // of the provider block; empty where no single one is at fault
	Summary   string // one line, no final dot
	Detail    string // what is wrong and what to set
	Err       error  // the cause, where a file or a library named one
}

func (e *ProblemError) Error() string { return e.Summary }

// Advice is what is wrong and what to set. It is apart from Error because some problems show only when a token is
// needed, and reach the user inside the error of a call, whose text is cut.
func (e *ProblemError) Advice() string { return e.Detail }

func (e *ProblemError) Unwrap() error { return e.Err }
