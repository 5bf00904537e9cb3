package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The features of a batch in a graph: embedded ids and dense values, ready for a layer. They lie in
 * blocks, one a table width and one for all dense inputs, since one gather serves a whole block; a
 * single feature is a slice of its block, made when somebody asks.
 */
public final class FeatureTensors {
  /**
   * A feature's place in a block.
   *
   * @param feature what it is
   * @param offset first column
   * @param width number of columns
   */
  public record Part(FittedFeature feature, int offset, int width) {}

  /**
   * Features side by side.
   *
   * @param tensor [B, sum of widths]
   * @param parts the features in it, in order
   */
  public record Block(Operand<TFloating> tensor, List<Part> parts) {
    /** One feature alone. */
    static Block of(Operand<TFloating> tensor, FittedFeature feature, int width) {
      return new Block(tensor, List.of(new Part(feature, 0, width)));
    }
  }

  /**
   * What is known beside the vectors.
   *
   * @param ids by feature [B] for each of its tables
   * @param embedding whose vectors these are: of a further embedding its name
   * @param further makes the features by a further embedding's name
   */
  private record Beside(
      Function<FittedIds, List<Operand<TInt64>>> ids,
      Optional<String> embedding,
      Function<String, FeatureTensors> further) {
    static Beside nothing() {
      return new Beside(
          feature -> List.of(),
          Optional.empty(),
          name -> {
            throw new IllegalArgumentException("there is no embedding \"" + name + "\"");
          });
    }
  }

  private final GraphContext context;
  private final List<Block> blocks;
  private final Function<FeatureTensors, Operand<TFloating>> whole;
  private final Beside beside;
  private final Map<String, Operand<TFloating>> slices = new HashMap<>();
  private final Map<String, FeatureTensors> further = new HashMap<>();
  private Operand<TFloating> all;

  /**
   * Features in blocks, in a context that slices are made in.
   *
   * @throws IllegalArgumentException if there are no blocks
   */
  public FeatureTensors(GraphContext context, List<Block> blocks) {
    this(context, blocks, FeatureTensors::sideBySide, Beside.nothing());
  }

  private FeatureTensors(
      GraphContext context,
      List<Block> blocks,
      Function<FeatureTensors, Operand<TFloating>> whole,
      Beside beside) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("expected at least one feature, found none");
    }
    this.context = context;
    this.blocks = List.copyOf(blocks);
    this.whole = whole;
    this.beside = beside;
  }

  /** The same features, of which the ids are known: by feature [B] for each of its tables. */
  FeatureTensors withIds(Function<FittedIds, List<Operand<TInt64>>> known) {
    return new FeatureTensors(
        context,
        blocks,
        whole,
        new Beside(known, beside.embedding(), name -> beside.further().apply(name).withIds(known)));
  }

  /** The same features, which have further embeddings. */
  FeatureTensors withFurther(Function<String, FeatureTensors> made) {
    return new FeatureTensors(
        context,
        blocks,
        whole,
        new Beside(beside.ids(), beside.embedding(), name -> made.apply(name).named(name)));
  }

  private FeatureTensors named(String embedding) {
    return new FeatureTensors(
        context, blocks, whole, new Beside(beside.ids(), Optional.of(embedding), beside.further()));
  }

  /**
   * The features by a further embedding, which the model has asked for ({@link Embeddings}):
   * vectors of their own, numbers and frozen vectors that are the same ones.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public FeatureTensors embedding(String name) {
    FeatureTensors found = further.get(name);
    if (found == null) {
      found = beside.further().apply(name);
      further.put(name, found);
    }
    return found;
  }

  /** Whose vectors these are: of a further embedding its name, of the first one nothing. */
  public Optional<String> embedding() {
    return beside.embedding();
  }

  /** What the features are and what was learnt of them, in the order of the blocks. */
  public List<FittedFeature> fitted() {
    return blocks.stream().flatMap(block -> block.parts().stream()).map(Part::feature).toList();
  }

  /** The ids of a feature, [B] for each of its tables; none where only vectors are known. */
  public List<Operand<TInt64>> ids(FittedIds feature) {
    return beside.ids().apply(feature);
  }

  /**
   * The values that a categorical feature's vocabulary has learnt.
   *
   * @throws IllegalArgumentException if there is no such feature, or it has no vocabulary
   */
  public List<String> values(String name) {
    return vocabulary(learnt(name)).tokens();
  }

  /**
   * Which of some values each row has of a categorical feature: [B, values], 1 in the value's
   * column, and nothing but 0 for a row whose value is another, unknown or missing. No gradient
   * goes through it.
   *
   * @param values of the feature's {@link #values}, in the order of the columns
   * @throws IllegalArgumentException if there is no such feature, it has no vocabulary, or a value
   *     is not in it
   */
  public Operand<TFloating> indicators(String name, List<String> values) {
    FittedCategorical feature = learnt(name);
    long[] columns = new long[values.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = vocabulary(feature).id(values.get(i));
      if (columns[i] < Vocabulary.FIRST_TOKEN) {
        throw new IllegalArgumentException(
            "%s: expected a value of the vocabulary, found \"%s\"".formatted(name, values.get(i)));
      }
    }
    Ops tf = context.tf();
    Operand<TInt64> column = tf.expandDims(ids(feature).get(0), tf.constant(1));
    return context.toFloating(
        tf.dtypes.cast(tf.math.equal(column, tf.constant(columns)), TInt32.class));
  }

  private FittedCategorical learnt(String name) {
    FittedFeature feature =
        fitted().stream()
            .filter(f -> f.name().equals(name))
            .findFirst()
            .orElseThrow(() -> noFeature(name));
    if (feature instanceof FittedCategorical categorical && categorical.vocabulary().isPresent()) {
      return categorical;
    }
    throw new IllegalArgumentException(
        "expected a categorical feature with a vocabulary, found \"" + name + "\"");
  }

  private static Vocabulary vocabulary(FittedCategorical feature) {
    return feature.vocabulary().orElseThrow();
  }

  private static IllegalArgumentException noFeature(String name) {
    return new IllegalArgumentException("there is no feature \"" + name + "\"");
  }

  /**
   * The same features, all of which together go through something first, by each embedding.
   *
   * @param transform makes [B, any width] of these features, or of those by a further {@link
   *     #embedding()}
   */
  public FeatureTensors through(Function<FeatureTensors, Operand<TFloating>> transform) {
    return new FeatureTensors(
        context,
        blocks,
        features -> transform.apply(this),
        new Beside(beside.ids(), beside.embedding(), name -> embedding(name).through(transform)));
  }

  /**
   * Every feature, side by side or as what they went {@link #through} makes of them: [B, width].
   */
  public Operand<TFloating> all() {
    if (all == null) {
      all = whole.apply(this);
    }
    return all;
  }

  /** What the features are, in the order of the blocks. */
  public List<FeatureSpec> specs() {
    return blocks.stream()
        .flatMap(block -> block.parts().stream())
        .<FeatureSpec>map(part -> part.feature().spec())
        .toList();
  }

  /** Whether anybody asked for {@link #all}. */
  public boolean areAllTaken() {
    return all != null;
  }

  private Operand<TFloating> sideBySide() {
    return concat(blocks.stream().map(Block::tensor).toList());
  }

  /**
   * One feature: [B, its width].
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Operand<TFloating> feature(String name) {
    return slices.computeIfAbsent(name, this::slice);
  }

  /**
   * The features of a group side by side: [B, their widths].
   *
   * @throws IllegalArgumentException if there is none in the group
   */
  public Operand<TFloating> group(FeatureGroup group) {
    List<Operand<TFloating>> members = new ArrayList<>();
    for (Block block : blocks) {
      for (Part part : block.parts()) {
        if (part.feature().spec().group().filter(group::equals).isPresent()) {
          members.add(feature(part.feature().name()));
        }
      }
    }
    if (members.isEmpty()) {
      throw new IllegalArgumentException("no feature has the group " + group);
    }
    return concat(members);
  }

  private Operand<TFloating> slice(String name) {
    for (Block block : blocks) {
      for (Part part : block.parts()) {
        if (part.feature().name().equals(name)) {
          return context
              .tf()
              .slice(
                  block.tensor(),
                  context.tf().constant(new int[] {0, part.offset()}),
                  context.tf().constant(new int[] {-1, part.width()}));
        }
      }
    }
    throw noFeature(name);
  }

  private Operand<TFloating> concat(List<Operand<TFloating>> tensors) {
    return WideOps.concat(context.tf(), tensors, 1);
  }
}
