package edit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create creates a project with these settings, or finishes the creation that an earlier run began.
// If it fails after the project exists, the next Create continues.
func (e *Editor) Create(ctx context.Context, newDN string, change settings.Change) (Result, error) {
	if owners := change.Role(settings.Owner); owners.Exact && len(owners.Items) == 0 {
		return Result{}, noOwnerError(&client.Project{DN: newDN})
	}
	created, err := e.createOrAdopt(ctx, newDN, change)
	if err != nil {
		return created, err
	}
	result, err := e.edit(ctx, created.Project.GUID, Request{
		Change: change, Create: created.Adopted, known: created.Project, created: time.Now(),
	})
	result.Adopted, result.Unfinished = created.Adopted, err != nil
	return result, err
}

// createOrAdopt sends the creation a second time if its answer was lost and the project does not
// exist: a name can be used only once.
func (e *Editor) createOrAdopt(ctx context.Context, newDN string, change settings.Change) (Result, error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		e.Report("creating project %s", newDN)
		p, err := e.API.CreateProject(ctx, newDN)
		if err == nil && p != nil {
			return Result{Project: p}, nil
		}
		var found error // a new project may show late
		e.Verify(ctx, e.window(err), func(ctx context.Context) bool {
			p, found = reconcile.Get(ctx, e.API, client.ByDN(newDN))
			return found == nil
		})
		switch {
		case err == nil:
			return Result{Project: p}, found
		case p != nil && !Adoptable(p, change, e.API.SelfNames(ctx)):
			return Result{Project: p}, ExistsError(p)
		case p != nil:
			e.Report("project %s exists and is unfinished: continuing its creation", newDN)
			return Result{Project: p, Adopted: true}, nil
		case !client.IsUnclear(err), attempt == attempts, ctx.Err() != nil:
			return Result{}, createError(newDN, err, found)
		}
	}
}

// HiddenRemedy is the next step for a name in use that the server does not show.
const HiddenRemedy = "The name is in use by another object, or by a project on which the caller has no role. Choose " +
	"another name, or ask an owner for a role on the project."

// createError is for a project that was not created. Found is the error of the read that followed.
func createError(newDN string, err, found error) error {
	failed := failure.Errorf(failure.Refused, "the server did not create project %s: %w", newDN, err).At(failure.Object)
	switch {
	case client.IsUnclear(err):
		return failure.Errorf(failure.OutcomeUnknown, "the answer to the creation of project %s was lost: %w", newDN,
			err).Advise("Apply again. If the project was created, the apply continues with it.")
	case signCode(err) == codeAlreadyExists, failure.CodeOf(found) == failure.Indeterminate:
		failed.Code, failed.Remedy = failure.Exists, HiddenRemedy
	case signCode(err) == codeCreateFailure:
		failed.Remedy = "Check the name, and that its folder exists: a project is created in " +
			`\VED\Code Signing\Projects or in a folder below it.`
	case client.ReasonOf(err) == client.Refused || client.ReasonOf(err) == client.Forbidden:
		failed.Remedy = "Correct the cause, then apply again."
	default: // token, scope, network
		return err
	}
	return failed
}

// ExistsError is about a project that another client created.
func ExistsError(p *client.Project) error {
	return failure.Errorf(failure.Exists, "project %s exists already (GUID %s, status %s)", p.DN, p.GUID,
		p.Status).Advise("Nothing was sent. To manage the existing project with this resource, import it:\n\n" +
		importBlock(p)).At(failure.Object)
}

// Adoptable reports whether a project is the unfinished creation of a run of the caller: a draft
// without environments. Either the caller is its only owner, and each other setting is empty or as
// the change asks for. Or all settings are as the change asks for, and the caller is an owner, or the
// change names the owners. Self are the names of the caller.
func Adoptable(p *client.Project, change settings.Change, self []string) bool {
	if p.Status != lifecycle.Draft || len(p.Environments) > 0 {
		return false
	}
	s := p.Settings
	isSelf := func(trustee string) bool {
		return slices.ContainsFunc(self, func(name string) bool { return settings.SameTrustee(name, trustee) })
	}
	if change.MetBy(s) && (change.Role(settings.Owner).Exact || slices.ContainsFunc(s.Owners, isSelf)) {
		return true
	}
	onlySelf := len(s.Owners) > 0 && !slices.ContainsFunc(s.Owners, func(o string) bool { return !isSelf(o) })
	return onlySelf && isEmptyOrAsWanted(s, change)
}

// isEmptyOrAsWanted leaves out the owners.
func isEmptyOrAsWanted(s settings.Settings, change settings.Change) bool {
	empty := settings.Settings{Owners: s.Owners}
	others := settings.Compare(s, change.Apply(empty))
	return !slices.ContainsFunc(settings.Compare(empty, s), func(d settings.Difference) bool {
		return slices.ContainsFunc(others, func(other settings.Difference) bool {
			return d.Field == other.Field && dn.Equal(d.Name, other.Name)
		})
	})
}

// importBlock imports a project, with a resource name that is made from that of the project.
func importBlock(p *client.Project) string {
	name := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '_'
	}, dn.Name(p.DN))
	if name == "" || !unicode.IsLetter(rune(name[0])) {
		name = "project_" + name
	}
	return fmt.Sprintf("import {\n  to = codesign_project.%s # the address of this resource\n  id = %q\n}", name,
		dn.CanonicalGUID(p.GUID))
}

// Rename gives a project another DN, perhaps in another folder, and reads it by its GUID. It returns
// the project as last read, also with an error.
func (e *Editor) Rename(ctx context.Context, guid, newDN string) (*client.Project, error) {
	unlock, err := keymutex.Lock(ctx, e.Shared, client.ByGUID(guid).Folded())
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
		e.Verify(ctx, e.window(err), func(ctx context.Context) bool {
			if read, err := reconcile.Get(ctx, e.API, client.ByGUID(guid)); err == nil {
				p = read
			}
			return dn.Equal(p.DN, newDN)
		})
		switch {
		case dn.Equal(p.DN, newDN):
			return p, nil
		case err == nil:
			return p, renameError(failure.NotShown, p, newDN, "the server accepted the new name, but does not show it")
		case !client.IsUnclear(err):
			return p, renameError(failure.Refused, p, newDN, err.Error())
		case attempt == attempts, ctx.Err() != nil:
			return p, renameError(failure.OutcomeUnknown, p, newDN, "the answer was lost: "+err.Error())
		}
	}
}

func renameError(code failure.Code, p *client.Project, newDN, what string) error {
	remedy := "The project keeps its name. Owners and Code Signing Administrators may rename it; the new name " +
		"must be free."
	if !dn.Equal(dn.Parent(p.DN), dn.Parent(newDN)) {
		remedy += " The new name is in another folder: the folder must exist, and the server may not support the move."
	}
	return failure.Errorf(code, "project %s was not renamed to %s: %s", p.DN, newDN, what).Advise(remedy).
		At(failure.Object)
}
