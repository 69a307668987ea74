// Package functions holds the provider's functions. They are pure: no server, no
// provider configuration.
package functions

import "github.com/hashicorp/terraform-plugin-framework/function"

// All are the constructors of every function, in the order of the documentation.
func All() []func() function.Function {
	return []func() function.Function{NewDN, NewRightsNames, NewRightsValue}
}
