package org.mtl4j.experiment.apply;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.lookup.JoinedTable;
import org.mtl4j.core.lookup.LookupSource;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.dataset.RowAges;
import org.mtl4j.data.dataset.RowRules;
import org.mtl4j.data.dataset.RowTimes;
import org.mtl4j.data.dataset.RuledSource;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.data.union.PaddedSource;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.HashIds;
import org.mtl4j.experiment.run.Datasets;

/**
 * Opens files for a model that is there already: in the format of the experiment that made it, or,
 * where that read no files (a query's rows, say) or is not known, as CSV with a header line, and as
 * Parquet where their names end in {@code .parquet}. Of an experiment on domains, files may stand
 * in place of those of some.
 */
public final class RunData {
  private static final String CSV = "csv";
  private static final String PARQUET = "parquet";
  private static final String COLUMNS = "columns";

  private final Datasets datasets;
  private final Optional<DataConfig> data;

  /**
   * A way to open files.
   *
   * @param data what the experiment says of its data; empty for an export without its run
   */
  public RunData(Datasets datasets, Optional<DataConfig> data) {
    this.datasets = datasets;
    this.data = data;
  }

  /**
   * Rows after all rules of the experiment, as it was trained on them.
   *
   * @param files of a run on domains a table of all of them, or files of some, each behind its
   *     domain's name: {@code us=new.csv}
   * @param wanted columns that are read behind the rules
   * @throws org.mtl4j.core.error.MtlException if a file is not there, or lacks a column that a rule
   *     reads
   */
  public BatchSource ruled(List<String> files, Set<String> wanted) {
    BatchSource source = open(files, wanted);
    return data.<BatchSource>map(d -> ruled(source, d, wanted)).orElse(source);
  }

  /** No column is derived and no lookup opened that neither the rules nor anybody else reads. */
  private BatchSource ruled(BatchSource source, DataConfig config, Set<String> wanted) {
    Set<String> read = new LinkedHashSet<>(wanted);
    config.where().ifPresent(where -> read.addAll(where.columns()));
    Map<String, Expression> derived = new LinkedHashMap<>(config.columns());
    derived.keySet().retainAll(read);
    derived.values().forEach(expression -> read.addAll(expression.columns()));
    read.removeAll(source.columns().names());
    List<JoinedTable> tables = datasets.lookups(NeededLookups.of(config.lookups(), read).entries());
    return new RuledSource(
        config.pseudonymized(LookupSource.filled(source, tables)),
        new RowRules(config.where(), config.dropDuplicates(), derived));
  }

  /**
   * The same for labels of tasks: with their ages where a task asks for them. The data end where
   * the files do, or at the experiment's {@code data.time.end} if that is later.
   *
   * @throws org.mtl4j.core.error.MtlException as {@link #ruled(List, Set)} does, and for a row
   *     without a time
   */
  BatchSource ruled(List<String> files, List<Task> tasks, Set<String> wanted) {
    boolean aged = tasks.stream().anyMatch(task -> task.space().window().isPresent());
    Optional<RowTimes> times = data.flatMap(DataConfig::time).filter(t -> aged);
    Set<String> read = new LinkedHashSet<>(wanted);
    times.ifPresent(t -> read.add(t.column()));
    BatchSource rows = ruled(files, read);
    return times.<BatchSource>map(t -> RowAges.ofLater(t, rows).over(rows)).orElse(rows);
  }

  /**
   * All rows of the files, with those columns of lookups and derived ones that are wanted and not
   * there already.
   *
   * @param files as for {@link #ruled}
   * @param wanted columns that the model reads or that are asked for
   * @throws org.mtl4j.core.error.MtlException if a file is not there, or lacks a column that a
   *     wanted one derives from
   */
  public BatchSource all(List<String> files, Set<String> wanted) {
    BatchSource rows = open(files, wanted);
    NeededLookups lookups = needed(rows, wanted);
    lookups.check(rows.columns(), String.join(", ", files));
    BatchSource source =
        pseudonymized(LookupSource.filled(rows, datasets.lookups(lookups.entries())));
    return derived(source, derivable(source.columns(), wanted));
  }

  /**
   * Candidates: a table of their own with a header line, whatever names the experiment gives to the
   * columns of its data, and with those wanted columns of lookups and derived ones that the table
   * alone can give. No public data set's files are one.
   *
   * @param wanted columns that the model reads
   * @throws org.mtl4j.core.error.MtlException if a file is not there
   */
  public BatchSource items(List<String> files, Set<String> wanted) {
    Choice format = format(files, data.map(DataConfig::source), datasets::readsTables);
    Choice table = new Choice(format.type(), format.body().without(COLUMNS));
    return extended(datasets.open(table), wanted);
  }

  /**
   * A user's columns with those wanted ones of lookups and derived ones that they alone can give.
   *
   * @param user at least one column
   * @param wanted columns that the model reads
   */
  public BatchSource user(Map<String, ?> user, Set<String> wanted) {
    // What a user types is whatever its use makes of it, as in a file.
    Columns columns = Columns.of(ColumnType.UNTYPED, List.copyOf(user.keySet()));
    return extended(BatchSource.of(columns, () -> Stream.of(user)), wanted);
  }

  private BatchSource extended(BatchSource rows, Set<String> wanted) {
    BatchSource source =
        pseudonymized(
            LookupSource.requested(rows, datasets.lookups(needed(rows, wanted).entries())));
    Map<String, Expression> columns = derivable(source.columns(), wanted);
    columns
        .values()
        .removeIf(expression -> !source.columns().names().containsAll(expression.columns()));
    return derived(source, columns);
  }

  private BatchSource pseudonymized(BatchSource rows) {
    return data.map(d -> d.pseudonymized(rows)).orElse(rows);
  }

  /** Whose ids are equal in the rows that this opens. */
  IdScope scope() {
    return data.map(d -> IdScope.of(d.source())).orElse(IdScope.WHOLE);
  }

  /** The columns whose values are pseudonyms in every source that this opens. */
  List<String> pseudonyms() {
    return data.flatMap(DataConfig::hashIds).map(HashIds::columns).orElse(List.of());
  }

  /** The lookups that give what is wanted and not there; no other table is touched. */
  private NeededLookups needed(BatchSource source, Set<String> wanted) {
    Set<String> lacking = new LinkedHashSet<>(wanted);
    derivable(source.columns(), wanted).values().forEach(e -> lacking.addAll(e.columns()));
    lacking.removeAll(source.columns().names());
    return NeededLookups.of(data.map(DataConfig::lookups).orElse(Map.of()), lacking);
  }

  private BatchSource open(List<String> files, Set<String> wanted) {
    Optional<Choice> source = data.map(DataConfig::source);
    Optional<UnionConfig> union = source.flatMap(UnionConfig::of);
    Optional<Map<String, List<String>>> domains =
        union.flatMap(u -> DomainFiles.of(files, u.domains()));
    if (domains.isEmpty()) {
      return datasets.open(format(files, source, datasets::readsFiles));
    }
    Map<String, Choice> choices = new LinkedHashMap<>();
    domains
        .get()
        .forEach(
            (name, of) ->
                choices.put(
                    name,
                    format(
                        of, Optional.of(union.get().sources().get(name)), datasets::readsFiles)));
    Choice some = source.orElseThrow().resolved(union.get().with(choices));
    return new PaddedSource(datasets.open(some), sourceColumns(wanted));
  }

  /** What is read of the source itself, for these columns and for the rules. */
  private Set<String> sourceColumns(Set<String> wanted) {
    Set<String> names = new LinkedHashSet<>(wanted);
    data.ifPresent(
        d -> {
          d.where().ifPresent(where -> names.addAll(where.columns()));
          d.columns().values().forEach(expression -> names.addAll(expression.columns()));
          names.removeAll(d.columns().keySet());
          NeededLookups.takeOut(d.lookups(), names);
        });
    return names;
  }

  private static Choice format(
      List<String> files, Optional<Choice> source, Predicate<Choice> reads) {
    Choice known =
        source.filter(reads).orElseGet(() -> Choice.of(isParquet(files) ? PARQUET : CSV));
    return Datasets.withPath(known, files);
  }

  private static boolean isParquet(List<String> files) {
    return files.stream().allMatch(file -> file.endsWith("." + PARQUET));
  }

  private Map<String, Expression> derivable(Columns columns, Set<String> wanted) {
    Map<String, Expression> derivable = new LinkedHashMap<>();
    data.map(DataConfig::columns)
        .orElse(Map.of())
        .forEach(
            (name, expression) -> {
              if (wanted.contains(name) && !columns.contains(name)) {
                derivable.put(name, expression);
              }
            });
    return derivable;
  }

  private static BatchSource derived(BatchSource source, Map<String, Expression> columns) {
    return columns.isEmpty()
        ? source
        : new RuledSource(source, new RowRules(Optional.empty(), false, columns));
  }
}
