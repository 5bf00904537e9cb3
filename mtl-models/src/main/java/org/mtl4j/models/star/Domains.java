package org.mtl4j.models.star;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TFloating;

/**
 * Which domain each row of a batch is of. Rows that are of none of the listed ones are together one
 * more, the rest.
 *
 * @param names the listed ones
 * @param listed 1 in the column of the row's domain, else 0: [B, D]
 * @param rest 1 for rows of no listed domain, else 0: [B, 1]
 */
record Domains(List<String> names, Operand<TFloating> listed, Operand<TFloating> rest) {
  private static final String REST = "rest";

  /** Copies the list. */
  Domains {
    names = List.copyOf(names);
  }

  /** Of indicators [B, D] alone. */
  static Domains of(GraphContext context, List<String> names, Operand<TFloating> listed) {
    Ops tf = context.tf();
    Operand<TFloating> any = tf.sum(listed, tf.constant(new int[] {1}), Sum.keepDims(true));
    return new Domains(names, listed, tf.math.sub(context.constant(1), any));
  }

  /** How many are listed. */
  int count() {
    return names.size();
  }

  /** The same with the rest as the last column: [B, D + 1]. */
  Operand<TFloating> all(Ops tf) {
    return WideOps.concat(tf, List.of(listed, rest), 1);
  }

  /**
   * The scopes of what each has of its own, so that a run that begins from another one finds a
   * domain's weights whatever its place: a name of other characters than a variable may have is
   * there by its hash.
   */
  List<String> scopes() {
    return names.stream()
        .map(name -> "domain_" + (name.matches("[A-Za-z0-9_]+") ? name : hash(name)))
        .toList();
  }

  private static String hash(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace('-', '_');
  }

  /** The same and behind them that of the rest. */
  List<String> allScopes() {
    List<String> all = new ArrayList<>(scopes());
    all.add(REST);
    return all;
  }

  /**
   * A trained variable a listed domain, 0 at first, side by side: [.., D, units].
   *
   * @param shape of one, [.., units]
   */
  Operand<TFloating> variables(GraphContext context, String name, Shape shape) {
    List<Operand<TFloating>> each = new ArrayList<>();
    for (String scope : scopes()) {
      each.add(context.scope(scope).variable(name, shape, Initializer.zeros()));
    }
    return WideOps.stack(context.tf(), each, shape.numDimensions() - 1);
  }

  /** What each row's domain has [B, units] of a row a listed domain [D, units]; the rest has 0. */
  Operand<TFloating> of(GraphContext context, Operand<TFloating> values) {
    return context.tf().linalg.matMul(listed, values);
  }
}
