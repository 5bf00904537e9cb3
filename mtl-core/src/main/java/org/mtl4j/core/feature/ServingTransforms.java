package org.mtl4j.core.feature;

import static org.mtl4j.core.schema.Vocabulary.FIRST_TOKEN;
import static org.mtl4j.core.schema.Vocabulary.MISSING;
import static org.mtl4j.core.schema.Vocabulary.OUT_OF_VOCABULARY;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.HashTable;
import org.tensorflow.op.core.InitializeTableFromTextFile;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The pipeline's twin in an exported graph: raw values in, the feature tensors of training out, by
 * the same formulas in the same order. Between the two stand the ids [B, F] and the dense inputs
 * [B, W] as {@link FeaturePipeline} gives them; they can be fed in place of the raw values.
 */
public final class ServingTransforms {
  private static final int WHOLE_LINE = -2;
  private static final int LINE_NUMBER = -1;

  /**
   * A vocabulary file that the graph reads when it is loaded.
   *
   * @param file name in the export's asset folder
   * @param path constant with the file's path; a loader feeds the real one
   * @param vocabulary what the file holds
   */
  public record Asset(String file, Constant<TString> path, Vocabulary vocabulary) {
    /** Writes the file into the asset folder. */
    public void write(Path assets) throws IOException {
      VocabularyFile.write(assets.resolve(file), vocabulary);
    }
  }

  private final GraphContext context;
  private final Map<String, Placeholder<? extends TType>> raw = new LinkedHashMap<>();
  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Map<String, HashTable> lookups = new LinkedHashMap<>();
  private final List<Op> initializers = new ArrayList<>();
  private final Optional<Operand<TInt64>> ids;
  private final Optional<Operand<TFloating>> dense;
  private final FeatureTensors features;

  /** Adds the transforms of a pipeline to a graph of float32. */
  public ServingTransforms(GraphContext context, FeaturePipeline pipeline) {
    this.context = context;
    List<Operand<TInt64>> idColumns = new ArrayList<>();
    List<Operand<TFloat32>> numbers = new ArrayList<>();
    for (FittedFeature feature : pipeline.features()) {
      if (feature instanceof FittedCategorical categorical) {
        idColumns.add(ids(categorical));
      } else if (feature instanceof FittedNumeric numeric) {
        numbers.add(number(numeric));
      }
    }
    this.ids =
        idColumns.isEmpty()
            ? Optional.empty()
            : Optional.of(context.tf().withName("ids").stack(idColumns, Stack.axis(1L)));
    this.dense =
        numbers.isEmpty()
            ? Optional.empty()
            : Optional.of(new NumericTwin(context, pipeline.numeric()).dense(numbers));
    this.features = new FeatureTensors(context, blocks(pipeline));
  }

  private Operand<TInt64> ids(FittedCategorical feature) {
    Ops tf = context.scope(feature.name()).tf();
    Placeholder<TString> value =
        tf.withName("raw").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    raw.put(feature.name(), value);
    Operand<TInt64> known =
        feature.spec().ids() instanceof Hashed hashed
            ? tf.math.add(
                tf.strings.toHashBucketFast(value, (long) hashed.buckets()), tf.constant(1L))
            : lookup(tf, feature, value);
    return tf.select(isMissing(tf, feature, value), all(tf, value, MISSING), known);
  }

  private static Operand<TBool> isMissing(
      Ops tf, FittedCategorical feature, Operand<TString> value) {
    Operand<TBool> missing = tf.math.equal(value, tf.constant(""));
    for (String marker : feature.missing()) {
      Operand<TBool> marked = tf.math.equal(value, tf.constant(UnicodeText.wellFormed(marker)));
      missing = tf.math.logicalOr(missing, marked);
    }
    return missing;
  }

  private static Operand<TInt64> all(Ops tf, Operand<TString> value, int id) {
    return tf.fill(tf.shape(value), tf.constant((long) id));
  }

  /** Line numbers of the vocabulary file plus 2; not found is -1, which becomes 1. */
  private Operand<TInt64> lookup(Ops tf, FittedCategorical feature, Operand<TString> value) {
    Vocabulary vocabulary = feature.vocabulary().orElseThrow();
    if (vocabulary.tokens().isEmpty()) {
      return all(tf, value, OUT_OF_VOCABULARY); // TensorFlow reads no table from an empty file.
    }
    HashTable table =
        lookups.computeIfAbsent(feature.spec().table(), name -> table(name, vocabulary));
    Operand<TString> key = VocabularyFile.needsEscapes(vocabulary) ? escape(tf, value) : value;
    Operand<TInt64> line = tf.lookupTableFind(table, key, tf.constant(-1L));
    return tf.math.add(line, tf.constant((long) FIRST_TOKEN));
  }

  private static Operand<TString> escape(Ops tf, Operand<TString> value) {
    Operand<TString> escaped = tf.strings.staticRegexReplace(value, "\\\\", "\\\\\\\\");
    escaped = tf.strings.staticRegexReplace(escaped, "\n", "\\\\n");
    return tf.strings.staticRegexReplace(escaped, "\r", "\\\\r");
  }

  private HashTable table(String name, Vocabulary vocabulary) {
    Ops tf = context.scope("vocabulary").scope(name).tf();
    String file = "vocabulary_" + name + ".txt";
    Constant<TString> path = tf.withName("file").constant(file);
    assets.put(name, new Asset(file, path, vocabulary));
    HashTable table =
        tf.hashTable(TString.class, TInt64.class, HashTable.sharedName("vocabulary_" + name));
    initializers.add(
        tf.initializeTableFromTextFile(
            table,
            path,
            (long) WHOLE_LINE,
            (long) LINE_NUMBER,
            InitializeTableFromTextFile.vocabSize((long) vocabulary.tokens().size())));
    return table;
  }

  private Placeholder<TFloat32> number(FittedNumeric feature) {
    Placeholder<TFloat32> value =
        context
            .scope(feature.name())
            .tf()
            .withName("raw")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
    raw.put(feature.name(), value);
    return value;
  }

  private List<FeatureTensors.Block> blocks(FeaturePipeline pipeline) {
    FeatureBlocks layout = new FeatureBlocks(pipeline);
    List<FeatureTensors.Block> blocks = new ArrayList<>();
    List<Operand<TInt64>> columns = new ArrayList<>();
    ids.ifPresent(
        all ->
            context
                .tf()
                .unstack(all, (long) pipeline.categorical().size(), Unstack.axis(1L))
                .forEach(columns::add));
    for (int dim : layout.dims()) {
      List<Operand<TFloating>> embedded = new ArrayList<>();
      for (int column : layout.columns(dim)) {
        FittedCategorical feature = pipeline.categorical().get(column);
        embedded.add(embed(feature, columns.get(column)));
      }
      Ops tf = context.tf();
      Operand<TFloating> block =
          embedded.size() == 1 ? embedded.get(0) : tf.concat(embedded, tf.constant(1));
      blocks.add(new FeatureTensors.Block(block, layout.categoricalParts(dim)));
    }
    dense.ifPresent(all -> blocks.add(new FeatureTensors.Block(all, layout.numericParts())));
    return blocks;
  }

  private Operand<TFloating> embed(FittedCategorical feature, Operand<TInt64> ids) {
    RowTable table =
        context
            .variables()
            .table(
                "embedding/" + feature.spec().table(),
                feature.tableSize(),
                feature.spec().dim(),
                Initializer.zeros());
    Ops tf = context.scope(feature.name()).tf();
    return tf.ensureShape(table.gather(tf, ids), Shape.of(-1, feature.spec().dim()));
  }

  /** The raw inputs by feature name: string [B] or float32 [B]. */
  public Map<String, Placeholder<? extends TType>> raw() {
    return raw;
  }

  /** The ids [B, F] in the order of the categorical features; empty when there are none. */
  public Optional<Operand<TInt64>> ids() {
    return ids;
  }

  /** The dense inputs [B, W]; empty when there are none. */
  public Optional<Operand<TFloating>> dense() {
    return dense;
  }

  /** What a model takes. */
  public FeatureTensors features() {
    return features;
  }

  /** The vocabulary files. */
  public List<Asset> assets() {
    return List.copyOf(assets.values());
  }

  /** Operations to run once after loading. */
  public List<Op> initializers() {
    return List.copyOf(initializers);
  }
}
