package org.mtl4j.cli.command;

import com.google.inject.Inject;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;

/** {@code mtl cache clear}: deletes the entries of a cache. */
@Command(
    name = "clear",
    description = "Deletes all entries of the cache but those that a run uses just now.")
public final class CacheClearCommand extends CacheFolderCommand {
  /** The command over a service. */
  @Inject
  public CacheClearCommand(Console console, ExperimentService service) {
    super(console, service);
  }

  @Override
  protected Answer answer() {
    return answer(new CacheContents(folder()).clear(), ExitCode.DONE);
  }
}
