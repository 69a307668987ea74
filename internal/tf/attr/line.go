package attr

import "github.com/hashicorp/terraform-plugin-framework/path"

// ReportablePath is where to report what is wrong with a path, so that the CLI shows its
// line. It looks for the lines of attributes and of their elements, and finds
// none for a member of an object, which in a configuration is written like the
// element of a map.
func ReportablePath(at path.Path) path.Path {
	steps := at.Steps()
	if len(steps) != 2 {
		return at
	}
	object, isAttribute := steps[0].(path.PathStepAttributeName)
	member, isMember := steps[1].(path.PathStepAttributeName)
	if !isAttribute || !isMember {
		return at
	}
	return path.Root(string(object)).AtMapKey(string(member))
}
