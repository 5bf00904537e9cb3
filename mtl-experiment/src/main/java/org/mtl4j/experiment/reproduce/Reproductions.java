package org.mtl4j.experiment.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/** The reproductions there are, by name. */
public final class Reproductions {
  private final List<Reproduction> all =
      List.of(
          Mixtures.reproduction(),
          RelatedTasks.reproduction(),
          Funnels.conversions(),
          Sharing.census(),
          Sharing.shop());

  /** All of them. */
  public List<Reproduction> all() {
    return all;
  }

  /**
   * One of them.
   *
   * @throws MtlException of code USAGE if there is none of that name
   */
  public Reproduction named(String name) {
    List<String> names = all.stream().map(Reproduction::name).toList();
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new MtlException(
                    new Problem(
                        ErrorCode.USAGE,
                        "mtl reproduce",
                        "Expected one of %s, found %s.".formatted(String.join(", ", names), name),
                        Nearest.hint(name, names))));
  }

  /** An experiment file of this package. */
  static String yaml(String resource) {
    try (InputStream file = Reproductions.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + resource + " cannot be read", e);
    }
  }
}
