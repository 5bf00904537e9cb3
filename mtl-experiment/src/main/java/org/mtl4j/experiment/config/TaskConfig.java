package org.mtl4j.experiment.config;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.core.task.LossRule;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** One task as an experiment file declares it; the name is its key. */
public sealed interface TaskConfig
    permits TaskConfig.Binary,
        TaskConfig.Multiclass,
        TaskConfig.Ordinal,
        TaskConfig.Multilabel,
        TaskConfig.Regression,
        UnlabelledTask {
  /** Its label. */
  Expression label();

  /** The rows it speaks about. */
  Optional<Expression> where();

  /** How long after a row its label is known. */
  Optional<String> labelWindow();

  /** Weight of a row. */
  Optional<Expression> exampleWeight();

  /** Weight of its loss. */
  double lossWeight();

  /** What rows count by their class, if that is not alike. */
  default Optional<ClassWeights> weightsByClass() {
    return Optional.empty();
  }

  /** The share of a label that is spread over the classes. */
  default double labelSmoothing() {
    return 0;
  }

  /** How its predictions are calibrated after training, if they are. */
  Optional<CalibrationMethod> calibration();

  /** Kind of label. */
  TaskType taskType();

  /** The task of that name. */
  default Task toTask(String name) {
    SampleSpace space = new SampleSpace(where(), labelWindow().map(LabelWindow::parse));
    LossRule loss = new LossRule(lossWeight(), List.of(), labelSmoothing());
    return new Task(name, taskType(), label(), space, exampleWeight(), loss);
  }

  /**
   * Yes or no.
   *
   * @param positive label values that mean yes; none: the label itself is 0 or 1
   * @param loss log_loss, focal or hinge; bpr or listwise compare rows of one {@code
   *     data.query_group}
   * @param focalGamma how little the focal loss makes of rows that are surely right; 2 if absent
   * @param classWeights {@code balanced}, or numbers by {@code no} and {@code yes}
   * @param labelSmoothing the share of a label that is spread over both
   */
  @ConfigName("binary")
  record Binary(
      Expression label,
      @Default("[]") List<String> positive,
      @Default("log_loss") BinaryLossName loss,
      Optional<Double> focalGamma,
      Optional<Expression> where,
      Optional<String> labelWindow,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight,
      Optional<ConfigNode> classWeights,
      @Default("0") double labelSmoothing,
      Optional<CalibrationMethod> calibration)
      implements TaskConfig {
    /** Checks the window and the weight. */
    public Binary {
      check(labelWindow, lossWeight);
      LossRule.checkSmoothing(labelSmoothing);
      classWeights.ifPresent(ClassWeights::of);
      loss.of(focalGamma);
      loss.check(classWeights.isPresent(), labelSmoothing);
    }

    @Override
    public Optional<ClassWeights> weightsByClass() {
      return classWeights.map(ClassWeights::of);
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Binary(positive, loss.of(focalGamma));
    }
  }

  /**
   * One of the classes seen in training.
   *
   * @param classWeights {@code balanced}, or numbers by class
   * @param labelSmoothing the share of a label that is spread over the classes
   */
  @ConfigName("multiclass")
  record Multiclass(
      Expression label,
      Optional<Expression> where,
      Optional<String> labelWindow,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight,
      Optional<ConfigNode> classWeights,
      @Default("0") double labelSmoothing,
      Optional<CalibrationMethod> calibration)
      implements TaskConfig {
    /** Checks the window, the weight and the calibration. */
    public Multiclass {
      checkCalibration(calibration, CalibrationMethod.TEMPERATURE);
      check(labelWindow, lossWeight);
      LossRule.checkSmoothing(labelSmoothing);
      classWeights.ifPresent(ClassWeights::of);
    }

    @Override
    public Optional<ClassWeights> weightsByClass() {
      return classWeights.map(ClassWeights::of);
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Multiclass();
    }
  }

  /**
   * One of several classes that follow each other, from low to high.
   *
   * @param classes in their order; none: the labels are numbers, and in theirs
   * @param classWeights {@code balanced}, or numbers by class
   * @param labelSmoothing the share of a label that is spread over the classes
   */
  @ConfigName("ordinal")
  record Ordinal(
      Expression label,
      @Default("[]") List<String> classes,
      Optional<Expression> where,
      Optional<String> labelWindow,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight,
      Optional<ConfigNode> classWeights,
      @Default("0") double labelSmoothing,
      Optional<CalibrationMethod> calibration)
      implements TaskConfig {
    /** Checks the classes, the window, the weight and the calibration. */
    public Ordinal {
      classes = new TaskType.Ordinal(classes).classes();
      checkCalibration(calibration, CalibrationMethod.TEMPERATURE);
      check(labelWindow, lossWeight);
      LossRule.checkSmoothing(labelSmoothing);
      classWeights.ifPresent(ClassWeights::of);
    }

    @Override
    public Optional<ClassWeights> weightsByClass() {
      return classWeights.map(ClassWeights::of);
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Ordinal(classes);
    }
  }

  /**
   * A set of the classes seen in training, in one text.
   *
   * @param separator the character between two classes
   * @param minCount classes in fewer training rows are left out
   * @param maxClasses so many classes at most, those of the most rows
   * @param labelSmoothing of each class the share of yes or no that is spread over both
   */
  @ConfigName("multilabel")
  record Multilabel(
      Expression label,
      @Default("'|'") String separator,
      @Default("1") int minCount,
      @Default("1000") int maxClasses,
      Optional<Expression> where,
      Optional<String> labelWindow,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight,
      @Default("0") double labelSmoothing,
      Optional<CalibrationMethod> calibration)
      implements TaskConfig {
    /** Checks what the type, the window, the weight and the calibration may be. */
    public Multilabel {
      new TaskType.Multilabel(separator, minCount, maxClasses);
      checkCalibration(calibration, CalibrationMethod.PLATT, CalibrationMethod.TEMPERATURE);
      check(labelWindow, lossWeight);
      LossRule.checkSmoothing(labelSmoothing);
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Multilabel(separator, minCount, maxClasses);
    }
  }

  /**
   * A number.
   *
   * @param loss mse, mae, huber, quantile, poisson or ziln
   * @param quantile which quantile loss: quantile predicts, above 0 and below 1
   */
  @ConfigName("regression")
  record Regression(
      Expression label,
      @Default("mse") RegressionLossName loss,
      Optional<Double> quantile,
      Optional<Expression> where,
      Optional<String> labelWindow,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight)
      implements TaskConfig {
    /** Checks the window and the weight. */
    public Regression {
      check(labelWindow, lossWeight);
      loss.of(quantile);
    }

    @Override
    public Optional<CalibrationMethod> calibration() {
      return Optional.empty();
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Regression(loss.of(quantile));
    }
  }

  private static void checkCalibration(
      Optional<CalibrationMethod> calibration, CalibrationMethod... known) {
    if (calibration.isPresent() && !List.of(known).contains(calibration.get())) {
      throw new IllegalArgumentException(
          "calibration: expected %s for a task of several classes, found %s"
              .formatted(
                  List.of(known).stream().map(CalibrationMethod::key).collect(joining(" or ")),
                  calibration.get().key()));
    }
  }

  private static void check(Optional<String> labelWindow, double lossWeight) {
    labelWindow.ifPresent(LabelWindow::parse);
    LossRule.weighted(lossWeight);
  }
}
