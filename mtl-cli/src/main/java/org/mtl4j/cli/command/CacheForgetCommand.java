package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.core.batch.Pseudonyms;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.experiment.run.CachedUsers;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl cache forget}: deletes what the cache may hold of a user. */
@Command(
    name = "forget",
    description = {
      "Deletes every entry of the cache that may hold rows of a user.",
      "The data themselves, runs and exports are not touched: take the user out of the data, and",
      "train again."
    },
    footer = {
      "",
      "Examples:",
      "  mtl cache forget --user u17 --column user_id",
      "  mtl cache forget --user u17 --column user_id --salt SALT",
      "",
      "Exits with 3 if a run uses such an entry just now: it is left, and has to be forgotten later."
    })
public final class CacheForgetCommand extends CacheFolderCommand {
  @Option(
      names = "--user",
      required = true,
      paramLabel = "ID",
      description = "The user's id, as it stands in the data.")
  private String user;

  @Option(
      names = "--column",
      required = true,
      paramLabel = "NAME",
      description =
          "The column that users' ids stand in: an entry stays only if it is known that the id is not"
              + " there.")
  private String column;

  @Option(
      names = "--salt",
      paramLabel = "VARIABLE",
      description =
          "The variable with the salt of data.hash_ids: looks for the pseudonym of the id, too.")
  private String salt;

  /** The command over a service. */
  @Inject
  public CacheForgetCommand(Console console, ExperimentService service) {
    super(console, service);
  }

  @Override
  protected Answer answer() {
    List<String> ids = new ArrayList<>(List.of(user));
    if (salt != null) {
      ids.add(pseudonym());
    }
    CacheContents.Cleared cleared = new CachedUsers(folder()).forget(column, ids);
    return answer(cleared, cleared.left().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED);
  }

  private String pseudonym() {
    String secret = System.getenv(salt);
    try {
      return new Pseudonyms(secret == null ? "" : secret, List.of()).of(user);
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--salt " + salt,
              "Expected a variable of the environment with a " + e.getMessage() + ".",
              "Set it to the salt that the experiment names."),
          e);
    }
  }
}
