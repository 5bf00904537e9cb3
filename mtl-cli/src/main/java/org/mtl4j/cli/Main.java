package org.mtl4j.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.cli.console.Console;
import org.mtl4j.experiment.wiring.MtlServices;
import picocli.CommandLine;

/** Where the process starts: a list of modules, an injector, a command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Console console = Console.system();
    Injector injector = Guice.createInjector(modules(console));
    System.exit(run(injector, console, args));
  }

  /** Picocli hands exceptions over, and lets errors such as a lack of memory pass. */
  private static int run(Injector injector, Console console, String[] args) {
    try {
      return commandLine(injector, console).execute(args);
    } catch (Error e) {
      return new Failures(console).fault(e, List.of(args));
    }
  }

  private static List<Module> modules(Console console) {
    List<Module> modules = new ArrayList<>(MtlServices.modules());
    modules.add(new CliModule(console));
    return modules;
  }

  /** The command line of a process, or of a test that looks at what the commands print. */
  static CommandLine commandLine(Console console) {
    return commandLine(Guice.createInjector(modules(console)), console);
  }

  private static CommandLine commandLine(Injector injector, Console console) {
    Failures failures = new Failures(console);
    return new CommandLine(Mtl.class, new InjectorFactory(injector))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, Main::path)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** An empty name, as of a variable that is not set, would be the current directory. */
  private static Path path(String name) {
    if (name.isEmpty()) {
      throw new CommandLine.TypeConversionException(
          "expected a file or folder, found an empty name (. is the current directory)");
    }
    return Path.of(name);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
