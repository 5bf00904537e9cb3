package org.mtl4j.experiment.reproduce;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/**
 * A published finding and the experiment that looks for it: arms that differ in a few keys, trained
 * with the same seeds on the same data, the figures that count, and what is claimed of them.
 *
 * @param name what {@code mtl reproduce} calls it
 * @param finding who found what
 * @param experiment the experiment of all arms, a resource of this package
 * @param arms at least one
 * @param figures measures a run
 * @param claims what the figures should say
 */
public record Reproduction(
    String name,
    Finding finding,
    BaseExperiment experiment,
    List<Arm> arms,
    Figures figures,
    List<Claim> claims) {
  /** Copies the lists. */
  public Reproduction {
    arms = List.copyOf(arms);
    claims = List.copyOf(claims);
  }

  /**
   * Checks that none of these keys is what seeds or arms differ in: with equal ones every claim
   * would seem certain.
   *
   * @throws MtlException of code USAGE naming the first that is
   */
  void checkFree(Set<String> keys) {
    Set<String> taken = new TreeSet<>(experiment.seeds());
    arms.forEach(arm -> taken.addAll(arm.keys().keySet()));
    for (String key : keys) {
      for (String other : taken) {
        if ((key + ".").startsWith(other + ".") || (other + ".").startsWith(key + ".")) {
          throw new MtlException(
              new Problem(
                  ErrorCode.USAGE,
                  "--set " + key,
                  "Expected a key that all arms and seeds of %s have in common, found one of %s."
                      .formatted(name, String.join(", ", taken)),
                  "mtl train takes any key."));
        }
      }
    }
  }

  /**
   * The same with some of its arms; claims of others are not asked then.
   *
   * @throws MtlException of code USAGE if there is no such arm
   */
  public Reproduction only(List<String> names) {
    List<String> known = arms.stream().map(Arm::name).toList();
    for (String wanted : names) {
      if (!known.contains(wanted)) {
        throw new MtlException(
            new Problem(
                ErrorCode.USAGE,
                "--arms",
                "Expected arms of %s, %s, found %s."
                    .formatted(name, String.join(", ", known), wanted),
                Nearest.hint(wanted, known)));
      }
    }
    List<Arm> some = arms.stream().filter(arm -> names.contains(arm.name())).toList();
    return new Reproduction(name, finding, experiment, some, figures, claims);
  }

  /**
   * Who found what.
   *
   * @param source authors, title, venue, year
   * @param says what was found, in our words
   * @param differs where this is not what was done there
   */
  public record Finding(String source, String says, String differs) {}

  /**
   * The experiment of all arms.
   *
   * @param yaml its file
   * @param seeds the keys that take the seed
   * @param brief keys and values that make it small enough for a look, which proves nothing
   */
  public record BaseExperiment(String yaml, List<String> seeds, Map<String, String> brief) {
    /** Copies the containers. */
    public BaseExperiment {
      seeds = List.copyOf(seeds);
      brief = Map.copyOf(brief);
    }
  }
}
