package auth

// Override puts other settings over these, value by value. A way of
// authenticating in the others, or a part of one, makes those in these irrelevant,
// so that one way is never made of parts from two places.
func (s Settings) Override(by Settings) Settings {
	ways := methodsIn(&by)
	for _, e := range settings {
		switch {
		case *e.field(&by) != nil:
			*e.field(&s) = *e.field(&by)
		case len(ways) > 0 && e.method != noMethod:
			*e.field(&s) = nil
		}
	}
	return s
}
