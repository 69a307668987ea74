package sample

import (
	"os"
	"testing"
)

func TestPrice(t *testing.T) {
	for _, row := range []struct{ age, group, want int }{{11, 1, 0}, {12, 1, 10}, {40, 9, 10}} {
		if got, err := Price(row.age, row.group); got != row.want || err != nil {
			t.Error(row, got, err)
		}
	}
}

func TestPrice_Negative(t *testing.T) {
	if _, err := Price(-1, 1); err == nil || os.Getenv("SAMPLE_FAILS") != "" {
		t.Error("no error")
	}
}
