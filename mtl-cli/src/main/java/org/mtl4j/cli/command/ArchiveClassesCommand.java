package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.experiment.bench.ServeBenchModel;
import org.mtl4j.server.bench.BenchRequests;
import org.mtl4j.server.bench.BenchSetup;
import org.mtl4j.server.bench.GrpcRequester;
import org.mtl4j.server.bench.Outcome;
import org.mtl4j.server.bench.Requester;
import org.mtl4j.server.bench.RestRequester;
import org.mtl4j.server.bench.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl archive-classes}: the classes of a server as Java maps them, read and verified. */
@Command(
    name = "archive-classes",
    description = {
      "Has a server of a small model answer some requests, and keeps the classes that it loaded in",
      "an archive, from which this Java starts the next servers of this distribution sooner."
    },
    footer = {
      "",
      "Once, after a distribution was unpacked or its Java changed:",
      "  bin/mtl archive-classes"
    })
public final class ArchiveClassesCommand extends MtlCommand {
  private static final ServeBenchModel MODEL = new ServeBenchModel(4, 100, 4);
  private static final int REQUESTS = 20;

  /** Where the launcher looks for an archive. */
  private static final String PLACE = "mtl.class.archive";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; default: lib/mtl4j.jsa of the distribution, where bin/mtl has it.")
  private Path file;

  @Option(
      names = "--folder",
      defaultValue = "${sys:java.io.tmpdir}",
      paramLabel = "DIR",
      description = "Where to put the model meanwhile.")
  private Path folder;

  /** The command. */
  @Inject
  public ArchiveClassesCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() throws IOException, InterruptedException {
    if (file == null && System.getProperty(PLACE) != null) {
      file = Path.of(System.getProperty(PLACE));
    }
    check();
    Unfinished archive = new Unfinished(file);
    archive.drop();
    try (ServeBenchModel.Made made = MODEL.make(folder)) {
      serve(made.version(), archive.path());
      if (Files.notExists(archive.path())) {
        throw problem(
            "Java has written no archive of its classes.",
            "Is its folder there, with room and the right to write? Java says more in the log.");
      }
      archive.finish();
    } finally {
      archive.drop();
    }
    return Answer.of(
        Map.of("archive", file.toString(), "bytes", Files.size(file)),
        List.of("archive  %s, %d MB".formatted(file, Files.size(file) / 1_000_000)));
  }

  /** Java archives classes of jars alone. */
  private void check() {
    if (file == null) {
      throw problem(
          "Expected a file, found none, and no distribution that has a place for one.",
          "Run bin/mtl of a distribution, or name a file.");
    }
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(place))) {
        throw problem(
            "Expected classes in jars, found a folder of them: %s.".formatted(place),
            "Run bin/mtl of a distribution; a checkout has none.");
      }
    }
  }

  private MtlException problem(String what, String remedy) {
    return new MtlException(
        new Problem(ErrorCode.USAGE, file == null ? "" : file.toString(), what, remedy));
  }

  /** What is loaded for requests is archived too, so that the first ones are answered sooner. */
  private static void serve(Path version, Path archive) throws InterruptedException {
    List<String> command =
        ServerCommandLine.archivingTo(archive).serving(version.getParent(), List.of());
    BenchRequests requests = BenchRequests.of(version, 2);
    try (ServerProcess server = ServerProcess.start(command);
        Requester rest = new RestRequester(server.restPort(), BenchSetup.MODEL, requests);
        Requester grpc = new GrpcRequester(server.grpcPort(), BenchSetup.MODEL, requests)) {
      for (int request = 0; request < REQUESTS; request++) {
        if (rest.send(request).join() != Outcome.ANSWERED
            || grpc.send(request).join() != Outcome.ANSWERED) {
          throw new IllegalStateException("the server has not answered request " + request);
        }
      }
    }
  }
}
