package grants

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/sidebyside"
)

// OfObjects reads the rights on many objects side by side, in the order of the
// DNs. One object that can't be read fails the whole, because an audit must not be
// silently incomplete; the error is an *ObjectsError.
func OfObjects(ctx context.Context, reader ObjectReader, dns []string) ([][]signright.Grant, error) {
	read := make([][]signright.Grant, len(dns))
	var failed failures
	stopped := sidebyside.Each(ctx, len(dns), func(ctx context.Context, i int) (err error) {
		read[i], err = OfObject(ctx, reader, dns[i])
		return failed.note(i, err)
	})
	if err := failed.sum(dns, stopped); err != nil {
		return nil, err
	}
	return read, nil
}

type failures struct {
	sync.Mutex
	byIndex map[int]error
}

// note keeps a failure and gives it back where it ends the whole read.
func (f *failures) note(i int, err error) error {
	if err == nil {
		return nil
	}
	f.Lock()
	defer f.Unlock()
	if f.byIndex == nil {
		f.byIndex = map[int]error{}
	}
	f.byIndex[i] = err
	if client.IsAboutObject(err) {
		return nil
	}
	return err
}

// sum is nil where nothing failed. Reads that were only cancelled, by the failure
// of another one perhaps, are no failures of their own.
func (f *failures) sum(dns []string, stopped error) error {
	if stopped == nil && len(f.byIndex) == 0 {
		return nil
	}
	sum := &ObjectsError{Of: len(dns), Stopped: stopped}
	for i, dn := range dns {
		if err := f.byIndex[i]; err != nil && client.ReasonOf(err) != client.Cancelled {
			sum.Failed = append(sum.Failed, ObjectFailure{DN: dn, Err: err})
		}
	}
	return sum
}

// ObjectFailure is one object whose rights could not be read.
type ObjectFailure struct {
	DN  string
	Err error
}

// ObjectsError lists the objects whose rights could not be read.
type ObjectsError struct {
	Failed []ObjectFailure // in the order of the DNs
	Of     int             // objects asked for
	// Stopped is the failure that ended the read before every object was tried.
	Stopped error
}

// maxListed keeps an error about a thousand objects readable.
const maxListed = 20

func (e *ObjectsError) Error() string {
	lines := []string{fmt.Sprintf("the rights on %d of %d objects could not be read", len(e.Failed), e.Of)}
	if e.Stopped != nil {
		lines[0] += ", and the rest was not tried"
	}
	if len(e.Failed) == 0 { // then it was stopped from outside
		lines[0] += ": " + e.Stopped.Error()
	}
	for _, f := range e.Failed[:min(len(e.Failed), maxListed)] {
		lines = append(lines, fmt.Sprintf("  - %s: %v", f.DN, f.Err))
	}
	if more := len(e.Failed) - maxListed; more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more", more))
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the failures to errors.As, the one that ended the read first.
func (e *ObjectsError) Unwrap() []error {
	all := make([]error, 0, len(e.Failed)+1)
	if e.Stopped != nil {
		all = append(all, e.Stopped)
	}
	for _, f := range e.Failed {
		all = append(all, f.Err)
	}
	return all
}
