package org.mtl4j.cli.command;

import com.google.inject.Inject;
import org.mtl4j.cli.console.Console;
import org.mtl4j.experiment.run.Parts;
import picocli.CommandLine.Command;

/** {@code mtl models}: what {@code model.type} and {@code model.bottom.type} can be. */
@Command(
    name = "models",
    description =
        "Lists the models that an experiment can name, with their keys and defaults, and the bottoms that any of them can stand on.",
    footer = {
      "",
      "Example:",
      "  model: {type: mmoe, experts: 4, expert_layers: [64, 32], bottom: {type: dcn_v2}}"
    })
public final class ModelsCommand extends CatalogueCommand {
  /** The command over everything that is bound. */
  @Inject
  public ModelsCommand(Console console, Parts parts) {
    super(console, parts.models().models(), parts.models().bottoms());
  }
}
