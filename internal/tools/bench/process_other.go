//go:build !linux

package main

import "time"

// Memory of other processes is only known for Linux.
func resident(int) int64 { return 0 }

func busy(int) time.Duration { return 0 }

func providersOf(int) []int { return nil }
