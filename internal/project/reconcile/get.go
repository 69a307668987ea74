package reconcile

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// Getter is the part of the client that reads one project.
type Getter interface {
	GetProject(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	IsValid(ctx context.Context, ref client.ProjectRef) (revision int64, err error)
}

// Get reads a project from the server. The code of the error is NotFound only if the project
// certainly does not exist, and Indeterminate if the answer leaves that open. Other errors are
// *client.Error.
func Get(ctx context.Context, api Getter, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetProject(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// GetCached is Get for callers that do not write afterwards: the answer may be shared with other
// reads.
func GetCached(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetProjectCached(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// SettingsReader is the part of the client that reads the settings of projects for a refresh.
type SettingsReader interface {
	Getter
	GetSettingsCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
}

// GetSettingsCached is GetCached with the settings of the project.
func GetSettingsCached(ctx context.Context, api SettingsReader, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetSettingsCached(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// classifyReadError asks Config/IsValid for a second opinion. The server says ObjectNotFound for a
// project that does not exist, but may answer otherwise for one that it hides.
func classifyReadError(ctx context.Context, api Getter, ref client.ProjectRef, err error) error {
	switch client.ReasonOf(err) {
	case client.NotFound:
		return notFoundError(ref)
	case client.Forbidden, client.WrongType, client.LoadFailed, client.EmptyAnswer:
		if _, second := api.IsValid(ctx, ref); client.IsNotFound(second) {
			return notFoundError(ref)
		}
		return indeterminateError(ref, err)
	default:
		return err
	}
}

// RefOf addresses a project that was read. The GUID survives a rename, but old servers do not
// report it.
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

// NameOf is the name of a project in messages.
func NameOf(p *client.Project) string {
	if name := dn.Name(p.DN); name != "" {
		return name
	}
	return RefOf(p).String()
}
