package auth

// ProblemError is a slip in the configuration that the user can mend. It never holds a secret.
type ProblemError struct {
	Attribute string // of the provider block; empty where no single one is at fault
	Summary   string // one line, no final dot
	Detail    string // what is wrong and what to set
	Err       error  // the cause, where a file or a library named one
}

func (e *ProblemError) Error() string { return e.Summary + ": " + e.Detail }

func (e *ProblemError) Unwrap() error { return e.Err }
