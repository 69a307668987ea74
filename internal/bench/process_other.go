//go:build !linux

package main

// Memory of other processes is only known for Linux.
func resident(int) int64 { return 0 }

func providersOf(int) []int { return nil }
