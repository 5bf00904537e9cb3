package org.mtl4j.cli.command;

import org.mtl4j.experiment.Experiment;
import picocli.CommandLine.IVersionProvider;

/** What {@code mtl --version} says. */
public final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Experiment.class.getPackage().getImplementationVersion();
    return new String[] {
      "mtl " + (version == null ? "(development)" : version),
      "Java " + System.getProperty("java.version")
    };
  }
}
