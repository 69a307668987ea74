package reconcile

import (
	"context"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// Get reads a project from the server. The code of the error is NotFound only if the project
// certainly does not exist, and Indeterminate if the answer leaves that open. Other errors are
// *client.Error.
func Get(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetProject(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// GetCached is Get for callers that do not write afterwards: the answer may be shared with other
// reads.
func GetCached(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetProjectCached(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// GetSettingsCached is GetCached with the settings of the project.
func GetSettingsCached(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
	p, err := api.GetSettingsCached(ctx, ref)
	return p, classifyReadError(ctx, api, ref, err)
}

// classifyReadError asks Config/IsValid for a second opinion. The server says ObjectNotFound for a
// project that does not exist, but may answer otherwise for one that it hides.
func classifyReadError(ctx context.Context, api API, ref client.ProjectRef, err error) error {
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

// Query selects projects. The zero value selects all.
type Query struct {
	Filter   string   // of names, applied by the server
	Rights   int64    // that the caller must have, a sum of bits, applied by the server
	Statuses []string // names of lifecycle.Status, of which a project has one; empty is any
}

// Each calls each for every project that matches, as they arrive. The error is a *client.Error.
func Each(ctx context.Context, api API, q Query, each func(*client.Project)) error {
	filter := client.ProjectFilter{Filter: q.Filter, Rights: int(q.Rights)}
	return api.EnumerateProjects(ctx, filter, func(p *client.Project) error {
		if len(q.Statuses) == 0 || slices.Contains(q.Statuses, p.Status.String()) {
			each(p)
		}
		return nil
	})
}

// List returns all projects that match, sorted by DN.
func List(ctx context.Context, api API, q Query) ([]*client.Project, error) {
	var found []*client.Project
	err := Each(ctx, api, q, func(p *client.Project) { found = append(found, p) })
	slices.SortFunc(found, func(a, b *client.Project) int { return strings.Compare(a.DN, b.DN) })
	return found, err
}
