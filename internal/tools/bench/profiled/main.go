// Command profiled serves the provider as the real command does, and writes a
// CPU profile, and a heap profile at its end, into the folder that the variable
// BENCH_PROFILE names.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

func main() {
	if err := run(os.Getenv("BENCH_PROFILE")); err != nil {
		log.Fatal(err)
	}
}

func run(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	cpu, err := os.Create(filepath.Join(dir, fmt.Sprintf("cpu-%d.prof", os.Getpid())))
	if err != nil {
		return err
	}
	defer func() { _ = cpu.Close() }()
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	if err := protocol.Run(provider.New("profiled")(), false); err != nil {
		return err
	}
	return writeHeap(filepath.Join(dir, fmt.Sprintf("heap-%d.prof", os.Getpid())))
}

func writeHeap(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	runtime.GC()
	return pprof.Lookup("allocs").WriteTo(file, 0)
}
