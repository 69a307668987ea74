package edit

import (
	"context"
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Rename gives a project another DN, perhaps in another folder, and reads it by its GUID. It returns
// the project as last read, also with an error.
func (e *Editor) Rename(ctx context.Context, guid, newDN string) (*client.Project, error) {
	unlock, err := keymutex.Lock(ctx, lockKey{e.Shared, client.ByGUID(guid).Folded()})
	if err != nil {
		return nil, err
	}
	defer unlock()
	p, err := reconcile.Get(ctx, e.API, client.ByGUID(guid))
	if err != nil || dn.Equal(p.DN, newDN) {
		return p, err
	}
	const attempts = 2
	for attempt := 1; ; attempt++ {
		e.Report("renaming project %s to %s", p.DN, newDN)
		err := e.API.RenameProject(ctx, client.ByGUID(guid), newDN)
		shown, renamed := e.awaitName(ctx, p, newDN, err)
		switch {
		case renamed:
			return shown, nil
		case err == nil:
			return shown, renameError(failure.NotShown, shown, newDN,
				"the server accepted the new name, but does not show it")
		case !client.IsUnclear(err):
			return shown, renameError(failure.Refused, shown, newDN, err.Error())
		case attempt == attempts, ctx.Err() != nil:
			return shown, renameError(failure.OutcomeUnknown, shown, newDN, "the answer was lost: "+err.Error())
		}
	}
}

// awaitName reads the project until it has the new name, as long as it may show it late.
func (e *Editor) awaitName(
	ctx context.Context, p *client.Project, newDN string, cause error,
) (shown *client.Project, renamed bool) {
	e.Verify(ctx, e.window(cause), func(ctx context.Context) bool {
		if read, err := reconcile.Get(ctx, e.API, client.ByGUID(p.GUID)); err == nil {
			p = read
		}
		renamed = dn.Equal(p.DN, newDN)
		return renamed
	})
	return p, renamed
}

func renameError(code failure.Code, p *client.Project, newDN, what string) error {
	remedy := "The project keeps its name. Owners and Code Signing Administrators may rename it; the new name " +
		"must be free."
	if !dn.Equal(dn.Parent(p.DN), dn.Parent(newDN)) {
		remedy += " The new name is in another folder: the folder must exist, and the server may not support the move."
	}
	return &failure.Error{
		Code: code, Attribute: failure.Object, Remedy: remedy,
		Message: fmt.Sprintf("project %s was not renamed to %s: %s", p.DN, newDN, what),
	}
}
