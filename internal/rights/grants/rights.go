// Package grants reads who may do what: the rights on objects, the rights of
// trustees, and the identities behind them. It knows neither Terraform nor HTTP.
package grants

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// ObjectReader is the part of the API client that reads the rights on an object.
type ObjectReader interface {
	GetObjectRights(ctx context.Context, dn string) ([]client.Grant, error)
}

// TrusteeReader is the part of the API client that reads the rights of a trustee.
type TrusteeReader interface {
	GetTrusteeRights(ctx context.Context, trustee string) ([]client.ObjectGrant, error)
}

// OfObject reads the rights on a project, application or collection: one grant
// for each trustee, sorted.
func OfObject(ctx context.Context, reader ObjectReader, dn string) ([]signright.Grant, error) {
	answer, err := reader.GetObjectRights(ctx, dn)
	if err != nil {
		return nil, advised(err, objectAdvice)
	}
	list := make([]signright.Grant, 0, len(answer))
	for _, g := range answer {
		list = append(list, signright.Grant{Key: g.Trustee, Value: g.Value})
	}
	return signright.Merge(list), nil
}

// OfTrustee reads everything that a trustee (prefixed universal) may touch: one
// grant for each DN, sorted.
func OfTrustee(ctx context.Context, reader TrusteeReader, trustee string) ([]signright.Grant, error) {
	answer, err := reader.GetTrusteeRights(ctx, trustee)
	if err != nil {
		return nil, advised(err, trusteeAdvice)
	}
	list := make([]signright.Grant, 0, len(answer))
	for _, g := range answer {
		list = append(list, signright.Grant{Key: g.DN, Value: g.Value})
	}
	return signright.Merge(list), nil
}
