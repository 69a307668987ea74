package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// goalsKey is all of the goals; each has a key of its own as well.
const goalsKey = "goals"

// options narrow what is measured.
type options struct {
	n           list[int]
	latency     list[time.Duration]
	parallelism list[int]
	only        list[string] // keys of works and goals; none is all
	repeat      int
	profile     string // folder for CPU profiles of the provider; none are made where it is empty
}

func (o *options) flags(set *flag.FlagSet) {
	o.n = list[int]{of: []int{1, 100, 1000}, parse: strconv.Atoi}
	o.latency = list[time.Duration]{of: []time.Duration{0, 50 * time.Millisecond}, parse: time.ParseDuration}
	o.parallelism = list[int]{of: []int{10, 50}, parse: strconv.Atoi}
	o.only = list[string]{parse: func(s string) (string, error) { return s, nil }}
	set.Var(&o.n, "n", "how many objects, like 1,100,1000,10000")
	set.Var(&o.latency, "latency", "what the server adds to each answer, like 0s,50ms")
	set.Var(&o.parallelism, "parallelism", "of the CLI, like 10,50")
	set.Var(&o.only, "only", "what to measure: "+strings.Join(keys(), ",")+"; default: all")
	set.IntVar(&o.repeat, "repeat", 3, "how often each goal is measured, and what each figure is the median of; the grid is measured once, with 3 or less")
	set.StringVar(&o.profile, "profile", "", "write CPU and heap profiles of the provider into this folder")
}

func keys() []string {
	var all []string
	for _, w := range works {
		all = append(all, w.key)
	}
	all = append(all, goalsKey)
	for _, aim := range aims {
		all = append(all, aim.key)
	}
	return all
}

func (o options) check() error {
	for _, key := range o.only.of {
		if !slices.Contains(keys(), key) {
			return fmt.Errorf("-only=%s: there is %s", key, strings.Join(keys(), ", "))
		}
	}
	if slices.Min(o.n.of) < 1 || slices.Min(o.parallelism.of) < 1 || o.repeat < 1 {
		return errors.New("-n, -parallelism and -repeat start at 1")
	}
	return nil
}

func (o options) wants(key string) bool {
	return len(o.only.of) == 0 || slices.Contains(o.only.of, key)
}

// list is a flag with values between commas.
type list[T any] struct {
	of    []T
	parse func(string) (T, error)
}

func (l *list[T]) String() string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(l.of), " ", ","), "[]")
}

// Set replaces the default.
func (l *list[T]) Set(text string) error {
	l.of = nil
	for part := range strings.SplitSeq(text, ",") {
		value, err := l.parse(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		l.of = append(l.of, value)
	}
	return nil
}
