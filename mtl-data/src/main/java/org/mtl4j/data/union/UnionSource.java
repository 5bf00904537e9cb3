package org.mtl4j.data.union;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/**
 * The rows of several sources, domain after domain, as those of one. The first column, of type
 * TEXT, is the domain's name; behind it stand the columns of all domains, and one that a domain
 * lacks is missing there. A column that is of one type in every domain that has it keeps it; else
 * it is UNTYPED, and numbers are spelt as text. A record's index counts over all domains.
 *
 * <p>What stands for a missing value in a column of one domain does so in all: an export is told of
 * it, and a request names its domain by a feature at most.
 *
 * <p>Errors: {@code DATA_FORMAT} for a column that holds numbers in one domain and text in another,
 * and for a source with a column of the domain column's name.
 */
public final class UnionSource implements BatchSource {
  private final String column;
  private final Map<String, BatchSource> sources;
  private final Columns columns;
  private final List<Domain> domains = new ArrayList<>();

  /**
   * Sources as domains.
   *
   * @param column holds the domain's name
   * @param sources by the domain's name, in the order in which they are read; at least one
   * @throws org.mtl4j.core.error.MtlException if their columns do not go together
   * @throws IllegalArgumentException if there are none
   */
  public UnionSource(String column, Map<String, BatchSource> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources: expected at least one, found none");
    }
    this.column = column;
    this.sources = new LinkedHashMap<>(sources);
    this.columns = UnionColumns.of(column, this.sources);
    this.sources.forEach(
        (name, source) -> domains.add(new Domain(name, source, columns, markersOfOthers(source))));
  }

  private List<Set<String>> markersOfOthers(BatchSource source) {
    List<Set<String>> markers = new ArrayList<>();
    for (String name : columns.names()) {
      Set<String> others = new LinkedHashSet<>(missing(name));
      if (source.columns().contains(name)) {
        others.removeAll(source.missing(name));
      }
      markers.add(others);
    }
    return markers;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public RawCursor open() {
    return new UnionCursor(domains);
  }

  /** Of all domains that have the column. */
  @Override
  public Set<String> missing(String name) {
    Set<String> markers = new LinkedHashSet<>();
    sources.values().stream()
        .filter(source -> source.columns().contains(name))
        .forEach(source -> markers.addAll(source.missing(name)));
    return markers;
  }

  /** Of all domains, each behind its name. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    sources.forEach(
        (name, source) ->
            source.warnings().forEach(w -> warnings.add("Domain " + name + ": " + w)));
    return warnings;
  }

  @Override
  public boolean hasQuickFingerprint() {
    return sources.values().stream().allMatch(BatchSource::hasQuickFingerprint);
  }

  /** Over the domains' names and fingerprints, in their order. */
  @Override
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString("union\n" + column, StandardCharsets.UTF_8);
    sources.forEach(
        (name, source) ->
            hasher.putString("\n" + name + "=" + source.fingerprint(), StandardCharsets.UTF_8));
    return hasher.hash().toString();
  }
}
