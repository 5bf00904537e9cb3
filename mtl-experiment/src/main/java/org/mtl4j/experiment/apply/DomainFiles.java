package org.mtl4j.experiment.apply;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.union.UnionConfig;

/** Files that are named as those of domains: {@code us=new.csv}. */
final class DomainFiles {
  private DomainFiles() {}

  /**
   * The files of each domain that has some, in the domains' order; empty if no file is named so:
   * they are a table of all domains then.
   *
   * @param files as typed
   * @throws MtlException UNKNOWN_NAME for a domain that is none; REQUEST_INVALID if some files are
   *     named so and others are not
   */
  static Optional<Map<String, List<String>>> of(List<String> files, List<String> domains) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (String file : files) {
      int sign = file.indexOf(UnionConfig.SIGN);
      String name = file.substring(0, Math.max(0, sign));
      if (domains.contains(name)) {
        found.computeIfAbsent(name, n -> new ArrayList<>()).add(file.substring(sign + 1));
      } else if (sign > 0 && name.indexOf('/') < 0 && !isFile(file)) {
        throw new MtlException(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                file,
                "There is no domain \"" + Excerpt.of(name) + "\".",
                Nearest.hint(name, domains)));
      } else {
        others.add(file);
      }
    }
    if (!found.isEmpty() && !others.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.REQUEST_INVALID,
              others.get(0),
              "Expected a domain before every file or before none, found files of "
                  + String.join(", ", found.keySet())
                  + " beside it.",
              "Write DOMAIN=FILE for each; files without are a table of all domains."));
    }
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    domains.stream().filter(found::containsKey).forEach(d -> ordered.put(d, found.get(d)));
    return ordered.isEmpty() ? Optional.empty() : Optional.of(ordered);
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
