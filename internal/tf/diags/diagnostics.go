package diags

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// AttributeFor is where to report a failure to do with the object that an attribute
// names: at that attribute, unless naming another object would not help (token,
// scope, network).
func AttributeFor(attribute path.Path, err error) path.Path {
	if _, answered := errors.AsType[*client.Error](err); answered && !client.IsAboutObject(err) {
		return path.Empty()
	}
	return attribute
}
