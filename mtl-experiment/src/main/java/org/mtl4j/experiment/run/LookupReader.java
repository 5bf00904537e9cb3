package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigKey;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.data.lookup.FileLookupConfig;
import org.mtl4j.experiment.config.LookupChoice;

/** Reads the entries of {@code data.lookups}; no table is touched. */
final class LookupReader {
  /** A lookup names a column, {@code NAME_found}, which expressions read. */
  private static final String NAME = "[A-Za-z][A-Za-z0-9_]*";

  private final Registry<LookupTable> tables;
  private final Registry<BatchSource> sources;

  LookupReader(Registry<LookupTable> tables, Registry<BatchSource> sources) {
    this.tables = tables;
    this.sources = sources;
  }

  /** The entries with every default filled in; of one that is wrong, the problems say why. */
  Map<String, Choice> read(Map<String, Choice> entries, Problems problems) {
    Map<String, Choice> read = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          checkName(name, entry, problems);
          Choice known = withoutUnknown(entry, problems);
          Optional<LookupChoice> lookup = LookupChoice.of(known, problems);
          Optional<Choice> table = table(LookupChoice.table(known), problems);
          lookup.ifPresent(
              l ->
                  table.ifPresent(
                      t -> read.put(name, new LookupChoice(l.config(), t).resolved(known))));
        });
    return read;
  }

  private static void checkName(String name, Choice entry, Problems problems) {
    if (!name.matches(NAME)) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              entry.body().where(),
              "Expected a name of the letters a to z, digits and _, beginning with a letter, found"
                  + " \"%s\".".formatted(name),
              "Rows get a column of that name and _found, which expressions can read."));
    }
  }

  /** A key may be one of every lookup or one of its type: the hint knows both. */
  private Choice withoutUnknown(Choice entry, Problems problems) {
    var factory = tables.factories().get(entry.type());
    if (factory == null) {
      return entry; // The registry says so.
    }
    Set<String> known = new LinkedHashSet<>(LookupChoice.keys());
    ConfigKey.of(factory.configType()).forEach(key -> known.add(key.name()));
    ConfigNode.Mapping body = entry.body();
    for (Map.Entry<String, ConfigNode> typed : entry.body().entries().entrySet()) {
      if (!known.contains(typed.getKey())) {
        problems.add(
            new Problem(
                ErrorCode.CONFIG_UNKNOWN_KEY,
                typed.getValue().where(),
                "There is no key \"" + typed.getKey() + "\" here.",
                Nearest.hint(typed.getKey(), known)));
        body = body.without(typed.getKey());
      }
    }
    return new Choice(entry.type(), body);
  }

  /** A table of files names a source, whose keys are read too. */
  private Optional<Choice> table(Choice typed, Problems problems) {
    var factory = tables.factories().get(typed.type());
    if (factory == null || factory.configType() != FileLookupConfig.class) {
      return tables.bind(typed, problems);
    }
    return RecordBinder.bind(typed.body(), FileLookupConfig.class, problems)
        .flatMap(config -> sources.bind(config.source(), problems))
        .map(source -> typed.resolved(new FileLookupConfig(source)));
  }
}
