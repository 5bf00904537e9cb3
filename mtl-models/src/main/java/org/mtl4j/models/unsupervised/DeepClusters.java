package org.mtl4j.models.unsupervised;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.HostUpdate;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.task.ClusterRule;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Deep embedded clustering: Xie, Girshick and Farhadi, ICML 2016, with the error of the code beside
 * it, as Guo and others have it ("Improved deep embedded clustering with local structure
 * preservation", IJCAI 2017). Of a code z_i and centroids m_j
 *
 * <pre>
 * q_ij = (1 + |z_i - m_j|^2)^-1 / sum over j          soft assignment, Student's t
 * p_ij = (q_ij^2 / f_j) / sum over j                  its target, f_j = sum over i of q_ij
 * loss = reconstruction_weight * error_i + clustering_weight * sum over j of p_ij log(p_ij / q_ij)
 * </pre>
 *
 * <p>No gradient goes through p. In the first {@code warmup_steps} the loss is the error alone, and
 * every {@value #EVERY} steps and at their end k-means in Java ({@link KMeans}) finds the centroids
 * among the codes of the last {@value #ROWS} rows, those of now as they were then; behind them
 * centroids and code are trained together. The paper computes p of all rows at intervals: here each
 * step does of its own, with f over its batch and those last rows, by the centroids of now. Rows,
 * steps and centroids are variables, so that a resumed run goes on to the bit.
 *
 * <p>Features [B, width] to q and a silhouette [B, clusters + 1]: of the distances a to the nearest
 * centroid and b to the next one 1 - a / b (Hruschka, de Castro and Campello, 2004), in [0, 1].
 *
 * @param type what is encoded and how clusters are found
 */
record DeepClusters(TaskType.Clustering type) {
  /** The rows whose codes are kept. */
  static final int ROWS = 1024;

  /** Steps from one k-means to the next. */
  static final int EVERY = 10;

  private static final double SPREAD = 1;
  private static final double TINY = 1e-30;

  /**
   * Adds a pass to the graph.
   *
   * @param weights [B] of the rows, in training
   */
  Learnt apply(GraphContext scope, FeatureTensors features, Optional<Operand<TFloating>> weights) {
    Ops tf = scope.tf();
    ClusterRule rule = type.rule();
    Autoencoder.Pass pass = new Autoencoder(type.code()).apply(scope, features, weights);
    Variable centroids =
        scope
            .variables()
            .get(
                scope.path() + "/centroids",
                Shape.of(rule.clusters(), type.code().dims()),
                new Initializer.Uniform(SPREAD));
    Operand<TFloating> squares = squares(tf, pass.code(), centroids.value());
    Operand<TFloating> q = assigned(scope, squares);
    Operand<TFloating> loss = pass.error();
    if (weights.isPresent()) {
      RecentCodes recent = RecentCodes.in(scope, type.code().dims());
      Operand<TFloating> frequencies =
          frequencies(scope, q, weights.get(), recent, centroids.value());
      loss = loss(scope, pass.error(), divergence(scope, q, frequencies));
      recent.take(scope, pass.code(), weights.get());
      betweenSteps(scope, recent, centroids);
    }
    Operand<TFloating> silhouette = tf.expandDims(silhouette(scope, squares), tf.constant(1));
    return new Learnt(tf.concat(List.of(q, silhouette), tf.constant(1)), loss);
  }

  /** |z_i - m_j|^2 [B, K]. */
  private static Operand<TFloating> squares(
      Ops tf, Operand<TFloating> codes, Operand<TFloating> centroids) {
    Operand<TFloating> apart =
        tf.math.sub(tf.expandDims(codes, tf.constant(1)), tf.expandDims(centroids, tf.constant(0)));
    return tf.sum(tf.math.mul(apart, apart), tf.constant(2));
  }

  private static Operand<TFloating> assigned(GraphContext scope, Operand<TFloating> squares) {
    Ops tf = scope.tf();
    Operand<TFloating> near =
        tf.math.div(scope.constant(1), tf.math.add(scope.constant(1), squares));
    return tf.math.div(near, tf.expandDims(tf.sum(near, tf.constant(1)), tf.constant(1)));
  }

  /** f [K]: of the batch's rows with a say, and of the last ones. */
  private static Operand<TFloating> frequencies(
      GraphContext scope,
      Operand<TFloating> q,
      Operand<TFloating> weights,
      RecentCodes recent,
      Operand<TFloating> centroids) {
    Ops tf = scope.tf();
    Operand<TFloating> before =
        assigned(scope.scope("recent"), squares(tf, recent.codes(), centroids));
    Operand<TFloating> say = tf.expandDims(tf.math.sign(weights), tf.constant(1));
    Operand<TFloating> there = tf.expandDims(recent.there(scope), tf.constant(1));
    return tf.stopGradient(
        tf.math.add(
            tf.sum(tf.math.mul(q, say), tf.constant(0)),
            tf.sum(tf.math.mul(before, there), tf.constant(0))));
  }

  /** KL(p | q) of each row [B]. */
  private static Operand<TFloating> divergence(
      GraphContext scope, Operand<TFloating> q, Operand<TFloating> frequencies) {
    Ops tf = scope.tf();
    Operand<TFloating> sharp = tf.math.divNoNan(tf.math.mul(q, q), frequencies);
    Operand<TFloating> p =
        tf.stopGradient(
            tf.math.divNoNan(sharp, tf.expandDims(tf.sum(sharp, tf.constant(1)), tf.constant(1))));
    Operand<TFloating> ratio = tf.math.sub(log(scope, p), log(scope, q));
    return tf.sum(tf.math.mul(p, ratio), tf.constant(1));
  }

  private static Operand<TFloating> log(GraphContext scope, Operand<TFloating> x) {
    return scope.tf().math.log(scope.tf().math.maximum(x, scope.constant(TINY)));
  }

  private Operand<TFloating> loss(
      GraphContext scope, Operand<TFloating> error, Operand<TFloating> divergence) {
    Ops tf = scope.tf();
    ClusterRule rule = type.rule();
    Operand<TInt64> warmup = tf.constant((long) rule.warmupSteps());
    Operand<TFloating> on =
        tf.dtypes.cast(
            tf.math.greater(scope.step(), warmup), scope.variables().type().tensorClass());
    Operand<TFloating> ofError =
        tf.math.add(
            scope.constant(1), tf.math.mul(on, scope.constant(rule.reconstructionWeight() - 1)));
    return tf.math.add(
        tf.math.mul(ofError, error),
        tf.math.mul(tf.math.mul(on, scope.constant(rule.weight())), divergence));
  }

  /** 1 - a / b of each row [B]; 0 where both distances are 0. No gradient goes through it. */
  private static Operand<TFloating> silhouette(GraphContext scope, Operand<TFloating> squares) {
    Ops tf = scope.tf();
    Operand<TFloating> near = tf.math.neg(squares);
    Operand<TFloating> nearest =
        tf.math.sqrt(tf.math.neg(tf.nn.topK(near, tf.constant(2), TInt32.class).values()));
    Operand<TFloating> a = tf.gather(nearest, tf.constant(0), tf.constant(1));
    Operand<TFloating> b = tf.gather(nearest, tf.constant(1), tf.constant(1));
    return tf.stopGradient(tf.math.divNoNan(tf.math.sub(b, a), b));
  }

  private void betweenSteps(GraphContext scope, RecentCodes recent, Variable centroids) {
    if (!scope.isTraining()) {
      return;
    }
    KMeans means =
        new KMeans(
            type.rule().clusters(), type.code().dims(), scope.seed().child("centroids").value());
    Ops tf = scope.tf();
    Operand<TFloating> flat = tf.reshape(centroids.value(), tf.constant(new int[] {-1}));
    Operand<TFloating> state = tf.concat(List.of(recent.state(tf), flat), tf.constant(0));
    int warmup = type.rule().warmupSteps();
    UnaryOperator<double[]> next = values -> RecentCodes.next(values, means, warmup);
    scope.betweenSteps(new HostUpdate(EVERY, state, centroids, next));
    if (warmup % EVERY > 0) {
      scope.betweenSteps(new HostUpdate(warmup, state, centroids, next));
    }
  }
}
