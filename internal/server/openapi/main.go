// Command openapi writes the OpenAPI document of the API, to standard output
// or to the file named by -o.
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"entente/internal/server"
)

func main() {
	file := flag.String("o", "", "file to write; standard output where not given")
	flag.Parse()
	if err := write(*file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(file string) error {
	s, err := server.New(nil, server.Options{Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if file == "" {
		_, err = os.Stdout.Write(s.Document())
		return err
	}
	return os.WriteFile(file, s.Document(), 0o644)
}
