package org.mtl4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * A SavedModel that anybody can check in their head, and that is none of ours: {@code
 * serving_default} computes y = x / 2 + 2 of x, {@code text} gives the strings that it is given,
 * {@code regress_x_to_y} and {@code classify_x_to_y} do the same sum for the feature x of examples,
 * the latter as a score without a label.
 */
public final class HalfPlusTwo {
  private HalfPlusTwo() {}

  /**
   * Writes it into a folder, which is made: {@code base/1}, say.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path folder) {
    write(folder, 2);
  }

  /**
   * The same with another number in place of the two, to tell versions apart.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path folder, float intercept) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> half = tf.variable(tf.constant(0.5f));
      Variable<TFloat32> two = tf.variable(tf.constant(intercept));
      session.initialize();
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
      Placeholder<TString> text = tf.placeholder(TString.class);
      Placeholder<TString> examples =
          tf.placeholder(TString.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
      Operand<TFloat32> parsed = feature(tf, examples);
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withFunction(
              function(
                  session,
                  Signature.builder("serving_default")
                      .methodName("tensorflow/serving/predict")
                      .input("x", x)
                      .output("y", tf.math.add(tf.math.mul(x, half), two))))
          .withFunction(
              function(
                  session,
                  Signature.builder("text")
                      .methodName("tensorflow/serving/predict")
                      .input("text", text)
                      .output("same_bytes", tf.identity(text))))
          .withFunction(
              function(
                  session,
                  Signature.builder("regress_x_to_y")
                      .methodName("tensorflow/serving/regress")
                      .input("inputs", examples)
                      .output("outputs", tf.math.add(tf.math.mul(parsed, half), two))))
          .withFunction(
              function(
                  session,
                  Signature.builder("classify_x_to_y")
                      .methodName("tensorflow/serving/classify")
                      .input("inputs", examples)
                      .output("scores", tf.math.add(tf.math.mul(parsed, half), two))))
          .export();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to " + folder, e);
    }
  }

  private static SessionFunction function(Session session, Signature.Builder signature) {
    return SessionFunction.create(signature.build(), session);
  }

  /** The feature x of examples, 0 where it lacks: [rows, 1]. */
  private static Operand<TFloat32> feature(Ops tf, Operand<TString> examples) {
    Operand<TString> name = tf.constant(StandardCharsets.UTF_8, new String[] {"x"});
    // TensorFlow Java makes no constants without elements.
    Operand<TInt32> start = tf.constant(new int[] {0});
    Operand<TString> none = tf.slice(name, start, start);
    return tf.io
        .parseExample(
            examples,
            none,
            none,
            name,
            none,
            List.of(tf.constant(new float[] {0})),
            0L,
            List.of(),
            List.of(),
            List.of(),
            List.of(Shape.of(1)))
        .op()
        .output(0);
  }
}
