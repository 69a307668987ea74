package grants

import (
	"context"
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// OfObjects reads the rights on many objects concurrently, in the order of the DNs. One failed read
// fails all of them, because an audit must not be incomplete. The error is an *Error that lists the
// objects.
func OfObjects(ctx context.Context, reader ObjectReader, dns []string) ([][]signright.Grant, error) {
	read, failed := make([][]signright.Grant, len(dns)), make([]error, len(dns))
	stopped := client.ForEach(ctx, dns, func(ctx context.Context, i int, dn string) error {
		read[i], failed[i] = OfObject(ctx, reader, dn)
		if client.IsAboutObject(failed[i]) {
			return nil // the others are read, so that the error lists all such objects
		}
		return failed[i]
	})
	if err := objectsError(dns, failed, stopped); err != nil {
		return nil, err
	}
	return read, nil
}

// objectsError is nil if nothing failed. It leaves out reads that were only cancelled.
func objectsError(dns []string, failed []error, stopped error) error {
	var lines []string
	var causes []error
	for i, dn := range dns {
		if err := failed[i]; err != nil && client.ReasonOf(err) != client.Cancelled {
			lines, causes = append(lines, fmt.Sprintf("  - %s: %v", dn, err)), append(causes, err)
		}
	}
	message := fmt.Sprintf("the rights on %d of %d objects could not be read", len(lines), len(dns))
	switch {
	case stopped != nil && len(lines) == 0: // cancelled by the caller
		message += ": " + stopped.Error()
	case stopped != nil:
		message += ", and the others were not read"
	case len(lines) == 0:
		return nil
	}
	if stopped != nil {
		causes = append([]error{stopped}, causes...)
	}
	if len(lines) > 0 {
		message += "\n" + listFirst(lines, "\n", "\n  - and %d more")
	}
	return &Error{message, firstAdvice(causes), causes}
}
