package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/**
 * The lookups of a model that serves: requests that lack their columns get them, within each
 * lookup's time, or its defaults. Safe for several threads.
 */
public final class RequestLookups implements AutoCloseable {
  private final List<PatientLookup> lookups = new ArrayList<>();

  /**
   * Lookups for requests.
   *
   * @param specs of the model, in their order
   * @param lookups by name, not necessarily all; they are closed with this
   * @param wanted columns of which at least one is to lack before a lookup is asked
   * @throws MtlException of code UNKNOWN_NAME for a name that no spec has; the lookups stay open
   */
  public RequestLookups(
      List<LookupSpec> specs, Map<String, ? extends FeatureLookup> lookups, Set<String> wanted) {
    List<String> names = specs.stream().map(LookupSpec::name).toList();
    for (String name : lookups.keySet()) {
      if (!names.contains(name)) {
        throw new MtlException(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                "",
                "The model has no lookup \"" + name + "\".",
                names.isEmpty() ? "It has none." : Nearest.hint(name, names)));
      }
    }
    specs.stream()
        .filter(spec -> lookups.containsKey(spec.name()))
        .forEach(
            spec -> this.lookups.add(new PatientLookup(spec, lookups.get(spec.name()), wanted)));
  }

  /**
   * The rows with those columns of the lookups that they lack; of a lookup whose ids they lack, or
   * which gives nothing that is wanted, they get none.
   */
  public RawBatch fill(RawBatch rows) {
    RawBatch filled = rows;
    for (PatientLookup lookup : lookups) {
      filled = lookup.fill(filled);
    }
    return filled;
  }

  /** What is looked up. */
  public List<LookupSpec> specs() {
    return lookups.stream().map(PatientLookup::spec).toList();
  }

  /** What came of it so far, by name. */
  public Map<String, LookupCounts> counts() {
    Map<String, LookupCounts> counts = new LinkedHashMap<>();
    lookups.forEach(lookup -> counts.put(lookup.spec().name(), lookup.counts()));
    return counts;
  }

  /** Rows that got defaults so far, a sentence for each lookup and reason. */
  public List<String> warnings() {
    return lookups.stream().flatMap(lookup -> lookup.warnings().stream()).toList();
  }

  @Override
  public void close() {
    Closing.all(lookups.stream().<Runnable>map(lookup -> lookup::close).toList());
  }
}
