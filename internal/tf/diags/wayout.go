package diags

import "errors"

// PlanRemedy is how to have a resource go whose plan fails.
const PlanRemedy = "A destroy makes this plan, too. To destroy in spite of it, run `terraform destroy -refresh=false`, or remove its block and apply."

// WithRemedy is the same error, which now also says how to have a resource go that
// it keeps in the state.
func WithRemedy(err error, way string) error { return remedyError{err, way} }

type remedyError struct {
	error
	way string
}

func (e remedyError) Unwrap() error { return e.error }

// Advice adds the way out to what the error itself advises.
func (e remedyError) Advice() string {
	if inner, ok := errors.AsType[Advisor](e.error); ok {
		return inner.Advice() + "\n\n" + e.way
	}
	return e.way
}
