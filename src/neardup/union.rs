//! Sets of articles that are joined to each other, by several threads at once.

use std::sync::atomic::{AtomicU32, Ordering};

/// Sets of articles (Tarjan's union-find with halving of paths; without locks, as Anderson and Woll
/// showed in "Wait-free parallel algorithms for the union-find problem", 1991).
///
/// Parents have lower numbers than their children, and what was joined stays joined, so which sets
/// there are in the end does not depend on the order of joining.
pub(super) struct Union {
    parents: Vec<AtomicU32>,
}

impl Union {
    /// Returns a set of its own for each article.
    pub(super) fn new(articles: usize) -> Self {
        Self { parents: (0..articles as u32).map(AtomicU32::new).collect() }
    }

    fn parent(&self, article: u32) -> u32 {
        self.parents[article as usize].load(Ordering::Relaxed)
    }

    /// Returns the article that stands for the set of this one at the moment.
    pub(super) fn root(&self, mut article: u32) -> u32 {
        loop {
            let parent = self.parent(article);
            if parent == article {
                return article;
            }
            let above = self.parent(parent);
            if above != parent {
                // Another thread that halves the path at the same time leaves a parent as good.
                self.parents[article as usize].store(above, Ordering::Relaxed);
            }
            article = above;
        }
    }

    /// Makes one set of the sets of both.
    pub(super) fn join(&self, one: u32, two: u32) {
        loop {
            let (one, two) = (self.root(one), self.root(two));
            if one == two {
                return;
            }
            let (low, high) = (one.min(two), one.max(two));
            let slot = &self.parents[high as usize];
            if slot.compare_exchange(high, low, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                return;
            }
        }
    }

    /// Returns the sets of two and more.
    pub(super) fn sets(&self) -> Vec<Vec<u32>> {
        let joined = |article: &u32| self.root(*article) != *article;
        let mut members: Vec<(u32, u32)> = (0..self.parents.len() as u32)
            .filter(joined)
            .map(|article| (self.root(article), article))
            .collect();
        members.sort_unstable();
        let set = |members: &[(u32, u32)]| {
            std::iter::once(members[0].0)
                .chain(members.iter().map(|(_, article)| *article))
                .collect()
        };
        members.chunk_by(|one, two| one.0 == two.0).map(set).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn sets_do_not_depend_on_who_joins_first() {
        let union = Union::new(1000);
        let join_all =
            |step: u32| (0..1000 - 3 * step).for_each(|one| union.join(one, one + 3 * step));
        thread::scope(|scope| {
            for step in 1..5 {
                scope.spawn(move || join_all(step));
            }
        });
        let expected: Vec<Vec<u32>> =
            (0..3).map(|start| (start..1000).step_by(3).collect()).collect();
        assert_eq!(union.sets(), expected);
    }

    #[test]
    fn what_is_not_joined_is_in_no_set() {
        let union = Union::new(5);
        union.join(4, 2);
        assert_eq!(union.sets(), [[2, 4]]);
    }
}
