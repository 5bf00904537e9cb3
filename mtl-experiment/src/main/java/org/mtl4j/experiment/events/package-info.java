/** TensorBoard's event files: a run's scalars in the format that TensorBoard reads. */
package org.mtl4j.experiment.events;
