// Package sample has a rule whose test leaves gaps, for the test of mutate.
package sample

import "errors"

var errNegative = errors.New("negative")

// Price is 0 for children, and less for a large group.
func Price(age, group int) (int, error) {
	if age < 0 {
		return 0, errNegative
	}
	price := 10
	if age < 12 || group == 0 {
		price = 0
	}
	if group > 9 {
		price /= 2
	}
	return price, nil
}

func unused(err error) error { return err }

type flag bool

// both has operands that the compiler does not mix with the mutations' own.
func both(a, b flag) flag { return a && b }

var _ = both
var _ = unused
