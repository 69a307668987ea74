package reconcile

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// Get asks the server for a project, whatever was read before. The error is a
// *GoneError only if the project certainly does not exist, a *DoubtError if the
// answer leaves that open, otherwise an *api.Error.
func Get(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetProject(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// GetCached is Look for those who do not write afterwards: the answer may be shared
// with other reads of the moment.
func GetCached(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetProjectCached(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// classifyReadError sorts a failed look into gone, doubtful, and neither. The server
// says ObjectNotFound for what is gone, but it may answer much else for what it
// only hides; Config/IsValid is the second opinion.
func classifyReadError(ctx context.Context, api API, ref client.ProjectRef, err error) error {
	switch client.ReasonOf(err) {
	case client.NotFound:
		return &GoneError{Ref: ref}
	case client.Forbidden, client.WrongType, client.LoadFailed, client.EmptyAnswer:
		if _, second := api.IsValid(ctx, ref); client.IsNotFound(second) {
			return &GoneError{Ref: ref}
		}
		return &DoubtError{Ref: ref, Err: err}
	default:
		return err
	}
}

// RefOf addresses a project that was read by what the server itself calls it:
// the GUID survives a rename, and old servers may not tell it.
func RefOf(p *client.Project) client.ProjectRef {
	switch {
	case p.GUID != "":
		return client.ByGUID(p.GUID)
	case p.DN != "":
		return client.ByDN(p.DN)
	default:
		return client.ByID(p.ID)
	}
}

func sameGUID(a, b string) bool { return dn.EqualGUID(a, b) }

func sameDN(a, b string) bool { return dn.Equal(a, b) }
