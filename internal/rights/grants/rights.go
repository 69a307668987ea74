// Package grants reads the rights on objects, the rights of trustees, and the identities behind
// them. It knows neither Terraform nor HTTP.
package grants

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// ObjectReader is the part of the API client that reads the rights on an object.
type ObjectReader interface {
	GetObjectRights(ctx context.Context, dn string) ([]signright.Grant, error)
}

// TrusteeReader is the part of the API client that reads the rights of a trustee.
type TrusteeReader interface {
	GetTrusteeRights(ctx context.Context, trustee string) ([]signright.Grant, error)
}

// OfObject reads the rights on a project, application or collection: one grant for each trustee,
// sorted.
func OfObject(ctx context.Context, reader ObjectReader, dn string) ([]signright.Grant, error) {
	answer, err := reader.GetObjectRights(ctx, dn)
	if err != nil {
		return nil, withAdvice(err, objectAdvice)
	}
	return signright.Merge(answer), nil
}

// OfTrustee reads all rights of a trustee (prefixed universal): one grant for each DN, sorted.
func OfTrustee(ctx context.Context, reader TrusteeReader, trustee string) ([]signright.Grant, error) {
	answer, err := reader.GetTrusteeRights(ctx, trustee)
	if err != nil {
		return nil, withAdvice(err, trusteeAdvice)
	}
	return signright.Merge(answer), nil
}

// The scopes are those of 26.1 (OAS), with those of older pages (DOC) beside them.
var objectAdvice = map[client.Reason]string{
	client.NotFound: "No project, application or collection has this DN, or the caller may not see it. " +
		"Compare it with the name in the product's user interface. In HCL, write each backslash twice.",
	client.WrongType: "Only projects, applications and collections of applications have rights. " +
		"This DN is an object of another type.",
	client.Forbidden:    "Only a Code Signing Administrator may read the rights on an object.",
	client.MissingScope: "This call needs the scope `codesign:admin` (`codesign` on older servers).",
}

var trusteeAdvice = map[client.Reason]string{
	client.NotFound: "No trustee has this prefixed universal. The data source codesign_identity returns it for a name.",
	client.Forbidden: "Only a Code Signing Administrator or an application administrator may read the rights of a " +
		"trustee.",
	client.MissingScope: "This call needs the scope `codesign:admin` (`codesign:manage` on older servers).",
}
