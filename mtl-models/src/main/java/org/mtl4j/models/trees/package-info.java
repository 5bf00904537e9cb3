/**
 * Baselines of trees, an ensemble a task, through Tribuo: the floor that a network has to clear.
 */
package org.mtl4j.models.trees;
